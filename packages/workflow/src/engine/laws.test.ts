import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WorkflowJson } from '../graph/index.ts';
import type { ItemOrigin, PairedItem } from '../items/index.ts';
import type { RunRecord } from '../ports/index.ts';
import { flow, nodeType, order, run, start } from './testing-flow.ts';

/** What holds of every workflow, tried on random ones. */

const types = [
  start(1, 2, 3),
  nodeType('pass'),
  nodeType('odd', (context) => [context.items().filter(({ json }) => Number(json.n) % 2 === 1)]),
  nodeType('turn', (context) => [context.items().toReversed()]),
  nodeType('split', (context) => [context.items().slice(0, 1), context.items().slice(1)], {
    outputs: ['main', 'main'],
  }),
  nodeType('join', (context) => [[...context.items(0), ...context.items(1)]], {
    inputs: ['main', 'main'],
    requiredInputs: 1,
  }),
];

const KINDS = ['pass', 'odd', 'turn', 'split'];

interface Choice {
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly from: readonly {
    readonly node: number;
    readonly output: number;
    readonly input: number;
  }[];
}

/** Wires lead from earlier nodes to later ones: no cycles. */
const graphs = (kinds: readonly string[], maxWires: number) =>
  fc
    .array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        x: fc.nat(9),
        y: fc.nat(9),
        from: fc.array(fc.record({ node: fc.nat(20), output: fc.nat(1), input: fc.nat(1) }), {
          minLength: 1,
          maxLength: maxWires,
        }),
      }),
      { minLength: 1, maxLength: 7 },
    )
    .map(drawn);

function drawn(choices: readonly Choice[]) {
  const names = ['start', ...choices.map(({ kind }, index) => `${kind}${index}`)];
  const wires = choices.flatMap(({ kind, from }, index) =>
    from.map(({ node, output, input }) => {
      const source = names[node % (index + 1)] ?? 'start';
      const out = source.startsWith('split') ? output : 0;
      return `${source}.${out} > ${names[index + 1]}.${kind === 'join' ? input : 0}`;
    }),
  );
  const nodes = Object.fromEntries(
    choices.map(({ x, y }, index) => [
      names[index + 1] ?? '',
      // Positions differ, so that none decides by accident.
      { position: [x * 100 + index, y * 100 + index] as const },
    ]),
  );
  return (executionOrder: string): WorkflowJson =>
    flow([...new Set(wires)].join(', '), { order: executionOrder, nodes });
}

describe('order v1', () => {
  test('reads the graph like a text: each branch to its end, the top-most first', async () => {
    await fc.assert(
      fc.asyncProperty(graphs(['pass'], 2), async (draw) => {
        const workflow = draw('v1');
        const read = (name: string): string[] => [
          name,
          ...(workflow.connections[name]?.main?.[0] ?? [])
            .map(({ node }) => node)
            .toSorted((a, b) => place(workflow, a) - place(workflow, b))
            .flatMap(read),
        ];
        expect(order((await run(workflow, types)).runs)).toBe(read('start').join(' '));
      }),
      { numRuns: 60 },
    );
  });

  const place = ({ nodes }: WorkflowJson, name: string) => {
    const [x, y] = nodes.find((node) => node.name === name)?.position ?? [0, 0];
    return y * 10_000 + x;
  };
});

describe('lineage', () => {
  test.each(['v0', 'v1', 'parallel'])(
    'every item in order %s leads back to the start item it was',
    async (executionOrder) => {
      await fc.assert(
        fc.asyncProperty(graphs([...KINDS, 'join'], 2), async (draw) => {
          const { runs } = await run(draw(executionOrder), types);
          for (const record of runs) {
            if (record.node === 'start') continue;
            for (const item of record.outputs.flatMap((batch) => batch ?? [])) {
              expect(originOf(item.pairedItem, record, runs)).toBe(item.json.n);
            }
          }
        }),
        { numRuns: 40 },
      );
    },
  );

  /** The number of the start item, found by sources and lineage alone. */
  function originOf(
    paired: PairedItem | undefined,
    record: RunRecord,
    runs: readonly RunRecord[],
  ): unknown {
    const [origin] = [paired].flat();
    const { item, input = 0 }: ItemOrigin =
      typeof origin === 'number' ? { item: origin } : (origin ?? { item: -1 });
    const source = record.sources[input];
    const before = runs.find(
      ({ node, runIndex }) =>
        node === source?.previousNode && runIndex === (source.previousNodeRun ?? 0),
    );
    const from = before?.outputs[source?.previousNodeOutput ?? 0]?.[item];
    if (!before || before.node === 'start') return from?.json.n;
    return originOf(from?.pairedItem, before, runs);
  }
});

describe('resuming', () => {
  test.each(['v0', 'v1', 'parallel'])(
    'at any point of the journal gives the runs of an execution never interrupted, order %s',
    async (executionOrder) => {
      await fc.assert(
        fc.asyncProperty(graphs([...KINDS, 'join'], 2), fc.nat(100), async (draw, point) => {
          const workflow = draw(executionOrder);
          const whole = await run(workflow, types);
          const history = whole.runs.slice(0, point % (whole.runs.length + 1));
          const resumed = await run(workflow, types, { history });
          expect(resumed).toEqual(whole);
        }),
        { numRuns: 40 },
      );
    },
  );
});
