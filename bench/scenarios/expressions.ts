import { createEvaluator, type EvaluationScope } from '@millrace/workflow/expression';
import { alternate, median, type Measurement } from '../measurement.ts';

const ITEMS = 10_000;
const items = Array.from({ length: ITEMS }, (_, at) => ({
  json: { n: at, name: `user ${at}`, deep: { a: { b: at } }, list: [1, 2, 3, at] },
}));

/** The same work as an expression and as plain JavaScript. */
const rows = [
  ['path', '={{ $json.deep.a.b }}', 'return $json.deep.a.b'],
  ['arithmetic', '={{ $json.n * 2 + 1 }}', 'return $json.n * 2 + 1'],
  [
    'template + method',
    '=Hi {{ $json.name.toUpperCase() }}',
    'return `Hi ${$json.name.toUpperCase()}`',
  ],
  ['ternary', '={{ $json.n > 5000 ? "big" : "small" }}', 'return $json.n > 5000 ? "big" : "small"'],
  [
    'arrow filter/map',
    '={{ $json.list.filter(x => x > 1).map(x => x * 2) }}',
    'return $json.list.filter(x => x > 1).map(x => x * 2)',
  ],
] as const;

/** X1: expressions over 10,000 items, against `new Function` of the same. */
export async function expressions(): Promise<Measurement[]> {
  const { evaluate } = createEvaluator();
  const measurements: Measurement[] = [];
  // A process that runs workflows has met all kinds of expressions: so has what is measured here.
  for (const [, text] of rows) nanosecondsPer((at) => evaluate(text, scope, at));
  for (const [what, text, code] of rows) {
    // The floor on purpose: host code, which the product never makes of an expression.
    const native = new Function('$json', code) as (json: object) => unknown;
    const measured = await alternate(
      async () => nanosecondsPer((at) => native(items[at]?.json ?? {})),
      async () => nanosecondsPer((at) => evaluate(text, scope, at)),
    );
    measurements.push({
      id: 'X1',
      what: `expression: ${what}`,
      ...measured,
      unit: 'ns',
      ratio: measured.subject / measured.floor,
      target: what === 'path' ? '≤ 60 ns' : '≤ 6 × the floor',
    });
  }
  measurements.push({
    id: 'X1',
    what: 'expression: compile and run once',
    subject: compileMicroseconds(),
    unit: 'µs',
    target: '≤ 50 µs',
  });
  return measurements;
}

/** A pass over all items is a millisecond, so the median of several: one pass in ten meets the compiler. */
const PASSES = 15;

function nanosecondsPer(work: (at: number) => unknown): number {
  let last: unknown;
  const passes = Array.from({ length: PASSES }, () => {
    const startedAt = performance.now();
    for (let at = 0; at < ITEMS; at++) last = work(at);
    return ((performance.now() - startedAt) * 1e6) / ITEMS;
  });
  if (last === undefined) throw new Error('The work gave nothing');
  return median(passes);
}

/** Compiling: the same expressions over and over, each time with another number so that none is known. */
function compileMicroseconds(): number {
  const { evaluate } = createEvaluator({ cacheSize: 1 });
  const times = Array.from({ length: 2000 }, (_, at) => {
    const text = `={{ $json.list.filter(x => x > ${at}).map(x => x * 2).length + $json.n }}`;
    const startedAt = performance.now();
    evaluate(text, scope, 0);
    return (performance.now() - startedAt) * 1000;
  });
  return median(times);
}

const scope: EvaluationScope = {
  node: {
    id: '1',
    name: 'Bench',
    type: 'n8n-nodes-base.noOp',
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
  },
  runIndex: 0,
  input: items,
  sources: [null],
  workflow: { id: 'w', name: 'bench', active: false, nodes: new Map(), connections: {} },
  runs: new Map(),
  mode: 'manual',
  executionId: 'e',
  resumeUrl: '',
  timezone: 'UTC',
  now: Date.now,
  vars: {},
  parameters: () => ({}),
  nodeState: () => ({}),
};
