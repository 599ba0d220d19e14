import type { Difference, NodeDifference } from './compare-runs.ts';
import type { TestResult } from './replay-run.ts';

/** Differences shown per run. */
const SHOWN = 10;

/** A result as people read it: `-` is what was recorded, `+` what is now. */
export function describeResult(file: string, result: TestResult): string {
  if (result.passed) return `✓ ${file}`;
  const { ending, order, nodes } = result;
  return [
    `✗ ${file}`,
    ...(ending ? ['  how it ended', ...sides(ending.expected, ending.received)] : []),
    ...(order
      ? ['  order of the nodes', ...sides(order.expected.join(' > '), order.received.join(' > '))]
      : []),
    ...nodes.flatMap(describeNode),
  ].join('\n');
}

function describeNode({ node, run, differences }: NodeDifference): string[] {
  const hidden = differences.length - SHOWN;
  return [
    `  ${node}${run === 0 ? '' : ` (run ${run + 1})`}`,
    ...differences.slice(0, SHOWN).flatMap(describeDifference),
    ...(hidden > 0 ? [`    … and ${hidden} more`] : []),
  ];
}

const describeDifference = (difference: Difference): string[] => [
  `    ${difference.path}`,
  ...('expected' in difference ? [`      - ${short(difference.expected)}`] : []),
  ...('received' in difference ? [`      + ${short(difference.received)}`] : []),
];

const sides = (expected: string, received: string) => [
  `      - ${expected}`,
  `      + ${received}`,
];

function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
