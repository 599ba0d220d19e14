import { describe, expect, test } from 'vitest';
import type { WorkflowJson } from '../../graph/index.ts';
import type { RunRecord } from '../../ports/index.ts';
import { flow, nodeType, order, run, start } from '../testing-flow.ts';

const add = (name: string, amount: number) =>
  nodeType(name, (context) => [
    context.items().map(({ json }) => ({ json: { n: Number(json.n) + amount } })),
  ]);
const join = nodeType('join', (context) => [[...context.items(0), ...context.items(1)]], {
  inputs: ['main', 'main'],
  requiredInputs: 1,
});
const types = [start(1, 2), add('a', 1), add('b', 10), add('c', 100), add('d', 1000), join];

const numbers = (runs: readonly RunRecord[]) => runs.at(-1)?.outputs[0]?.map(({ json }) => json.n);

/** Runs up to a destination on what an earlier run left; tells what ran anew. */
async function runTo(workflow: WorkflowJson, destination: string, history: readonly RunRecord[]) {
  const fresh: string[] = [];
  const { status, runs } = await run(workflow, types, {
    destination,
    history,
    ports: { journal: { record: ({ node }) => void fresh.push(node) } },
  });
  return { status, runs, fresh: fresh.join(' ') };
}

describe('a run to a node', () => {
  const chain = flow('start > a, a > b, b > c, b > d');

  test('runs that node only, on what is there', async () => {
    const { runs: history } = await run(chain, types);
    const { status, fresh, runs } = await runTo(chain, 'c', history);
    expect([status, fresh, numbers(runs)]).toEqual(['success', 'c', [112, 113]]);
    expect(order(runs)).toBe('start a b c');
  });

  test('runs all that leads to it when nothing is there', async () => {
    expect((await runTo(chain, 'c', [])).fresh).toBe('start a b c');
  });

  test('runs a changed node and what comes after it: its runs are left out of the history', async () => {
    const { runs } = await run(chain, types);
    const history = runs.filter(({ node }) => node !== 'a');
    expect((await runTo(chain, 'c', history)).fresh).toBe('a b c');
  });

  test('runs a failed node again', async () => {
    const { runs } = await run(chain, types);
    const history = runs.map((record): RunRecord =>
      record.node === 'b'
        ? { ...record, status: 'error', error: { message: 'no', name: 'Error' } }
        : record,
    );
    expect((await runTo(chain, 'c', history)).fresh).toBe('b c');
  });

  test('takes pinned data before what was run', async () => {
    const pinned = { ...chain, pinData: { b: [{ json: { n: 0 } }] } };
    const { runs: history } = await run(chain, types);
    const { runs, fresh } = await runTo(pinned, 'c', history);
    expect([fresh, numbers(runs)]).toEqual(['c', [100]]);
  });

  test('counts runs on from those it keeps', async () => {
    const { runs: history } = await run(chain, types);
    const { runs } = await runTo(chain, 'c', history);
    expect(runs.map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
  });
});

describe('a run to a join', () => {
  const workflow = flow('start > a, start > b, a > join, b > join.1, join > c');

  test('uses both branches as they were', async () => {
    const { runs: history } = await run(workflow, types);
    const { runs, fresh } = await runTo(workflow, 'join', history);
    expect([fresh, numbers(runs)]).toEqual(['join', [2, 3, 11, 12]]);
  });

  test('runs the branch that is missing', async () => {
    const { runs } = await run(workflow, types);
    const history = runs.filter(({ node }) => node === 'start' || node === 'a');
    const again = await runTo(workflow, 'join', history);
    expect([again.fresh, numbers(again.runs)]).toEqual(['b join', [2, 3, 11, 12]]);
  });
});

test.each([
  [3, '0', '1'],
  [2, '1', '0'],
])('a loop of version %i that is not done begins anew', async (typeVersion, done, around) => {
  const loop = nodeType('splitInBatches', () => [[], []], {
    outputs: ['main', 'main'],
    version: [2, 3],
  });
  const workflow = flow(`start > loop, loop.${around} > a, a > loop, loop.${done} > c`, {
    nodes: { loop: { type: 'test.splitInBatches', typeVersion } },
  });
  const item = [{ json: { n: 1 } }];
  const records = (outputs: RunRecord['outputs']): RunRecord[] =>
    [
      { node: 'start', outputs: [item] },
      { node: 'loop', outputs },
    ].map((record, seq) => ({
      ...record,
      seq,
      runIndex: 0,
      attempt: 1,
      status: 'success',
      startedAt: 0,
      durationMs: 0,
      sources: [],
    }));
  const ran = async (isDone: boolean) => {
    const sent = (done === '0') === isDone ? [item, []] : [[], item];
    const fresh: string[] = [];
    await run(workflow, [...types, loop], {
      destination: 'c',
      history: records(sent),
      ports: { journal: { record: ({ node }) => void fresh.push(node) } },
    });
    return fresh[0];
  };
  expect([await ran(true), await ran(false)]).toEqual(['c', 'loop']);
});
