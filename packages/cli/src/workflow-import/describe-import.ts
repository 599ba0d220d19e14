import type { ImportReport } from '@millrace/workflow/compat';
import type { FoundWorkflow } from './read-workflow-files.ts';

/** An import as people read it: what to do first, workflow by workflow, and a line of totals. */
export function describeImport(results: readonly FoundWorkflow[]): string {
  const told = results.flatMap((result) => describeOne(result));
  return [...told, totalsOf(results)].join('\n');
}

function describeOne({ file, workflow, report, error }: FoundWorkflow): string[] {
  const title = workflow ? `${workflow.name} (${file})` : file;
  if (error !== undefined) return [title, `  failed      ${error}`];
  const lines = report ? linesOf(report) : [];
  return lines.length === 0 ? [] : [title, ...lines];
}

const linesOf = ({ mapped, credentials, unknown, problems }: ImportReport): string[] => [
  ...mapped.map(({ node, from, to }) => `  mapped      "${node}": ${from} is now ${to}`),
  ...credentials.map(
    ({ type, name, nodes }) => `  credential  "${name}" (${type}) for ${quoted(nodes)}`,
  ),
  ...unknown.map(
    ({ node, type, message, fix }) => `  unknown     "${node}" (${type}): ${message}. ${fix}`,
  ),
  ...problems.map(({ message, fix }) => `  problem     ${message}. ${fix}`),
];

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

function totalsOf(results: readonly FoundWorkflow[]): string {
  const failed = results.filter(({ error }) => error !== undefined).length;
  const count = (part: keyof ImportReport) =>
    results.reduce((sum, { report }) => sum + (report?.[part].length ?? 0), 0);
  return [
    `${results.length - failed} workflows`,
    `${failed} failed`,
    `${count('mapped')} nodes mapped`,
    `${count('credentials')} credentials to make`,
    `${count('unknown')} unknown nodes, kept as they are`,
    `${count('problems')} problems`,
  ].join(' · ');
}
