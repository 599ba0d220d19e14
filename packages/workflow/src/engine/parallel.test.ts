import { expect, test } from 'vitest';
import type { NodeResult, NodeType } from '../node-api/index.ts';
import type { RunRecord } from '../ports/index.ts';
import { flow, nodeType, order, run, start } from './testing-flow.ts';

/** Nodes that end when told to, and what began so far. */
function stage(...names: string[]) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const types = names.map((name) =>
    nodeType(name, (context) => {
      begun.push(context.node.name);
      return new Promise<NodeResult>((resolve) => {
        ends.set(context.node.name, () => resolve([context.items()]));
      });
    }),
  );
  return {
    types,
    begun,
    /** Lets a node end once it runs. */
    async end(name: string) {
      while (!ends.has(name)) await Promise.resolve();
      ends.get(name)?.();
      ends.delete(name);
    },
  };
}

const join = nodeType('join', (context) => [[...context.items(0), ...context.items(1)]], {
  inputs: ['main', 'main'],
});
const quick = ['a', 'b', 'c', 'd', 'e'].map((name) => nodeType(name));
const parallel = (drawing: string, nodes = {}) => flow(drawing, { order: 'parallel', nodes });

test('branches run side by side; the quicker one goes on without the slower', async () => {
  const { types, begun, end } = stage('a', 'b', 'c');
  const ended = run(parallel('start > a, start > b, b > c'), [start(1), ...types]);
  await end('b');
  await end('c');
  expect(begun).toEqual(['a', 'b', 'c']);
  await end('a');
  const { status, runs } = await ended;
  expect([status, order(runs)]).toEqual(['success', 'start b c a']);
});

test('a node does one run at a time', async () => {
  const { types, begun, end } = stage('c');
  const workflow = parallel('start > a, start > b, a > c, b > c');
  const ended = run(workflow, [start(1), ...quick.slice(0, 2), ...types]);
  await end('c');
  expect(begun).toEqual(['c']);
  await end('c');
  expect((await ended).runs.map(({ node, runIndex }) => `${node}${runIndex}`)).toEqual([
    'start0',
    'a0',
    'b0',
    'c0',
    'c1',
  ]);
});

test.each([
  ['all', 'waits for every input', 'start a b join', [2]],
  ['any', 'runs on each batch that comes', 'start a b join join', [1, 1]],
  ['first', 'runs on the first batch only', 'start a b join', [1]],
])('a join with the rule "%s" %s', async (joinRule, _, expected, sizes) => {
  const workflow = parallel('start > a, start > b, a > join, b > join.1', { join: { joinRule } });
  const { status, runs } = await run(workflow, [start(1), ...quick, join]);
  const joined = runs.filter(({ node }) => node === 'join');
  expect([status, order(runs), joined.map(({ outputs }) => outputs[0]?.length)]).toEqual([
    'success',
    expected,
    sizes,
  ]);
});

test('a join whose other branch brings nothing runs while unrelated branches are still busy', async () => {
  const { types, end } = stage('slow');
  const empty = nodeType('empty', () => [[]]);
  const ended = run(
    parallel('start > a, start > empty, a > join, empty > join.1, join > d, start > slow'),
    [start(1), ...quick, empty, join, ...types],
  );
  const seen = stageOf(await Promise.race([ended, settled()]));
  expect(seen).toBe('running');
  await end('slow');
  const { runs } = await ended;
  expect(order(runs)).toBe('start a empty join d slow');
});

/** A few turns of the microtask queue: what can go on without the clock has gone on. */
async function settled() {
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
  return undefined;
}

const stageOf = (outcome: object | undefined) => (outcome ? 'over' : 'running');

test('an error cancels what runs beside it', async () => {
  const fail = nodeType('fail', () => Promise.reject(new Error('broken')));
  let wasCanceled = false;
  const deaf = nodeType('deaf', ({ signal }) => {
    signal.addEventListener('abort', () => (wasCanceled = true));
    return new Promise<never>(() => undefined);
  });
  const { status, error } = await run(parallel('start > deaf, start > fail'), [
    start(1),
    deaf,
    fail,
  ]);
  expect([status, error?.message, wasCanceled]).toEqual(['error', 'broken', true]);
});

test('a pause waits for what runs, and the rest goes on when it is over', async () => {
  const wait = nodeType('wait', (): NodeResult => ({ kind: 'wait', resume: 'webhook' }));
  const { types, begun, end } = stage('a');
  const known: NodeType[] = [start(1), wait, ...types, ...quick.slice(1)];
  const workflow = parallel('start > a, start > wait, a > b, wait > c');
  const pausing = run(workflow, known);
  await end('a');
  const paused = await pausing;
  expect([paused.status, order(paused.runs)]).toEqual(['waiting', 'start wait a']);

  const resumed = await run(workflow, known, {
    history: paused.runs,
    resume: { outputs: [[{ json: { called: true } }]] },
  });
  expect([resumed.status, begun]).toEqual(['success', ['a']]);
  expect(order(resumed.runs).split(' ').toSorted()).toEqual(['a', 'b', 'c', 'start', 'wait']);
});

test('goes on from any point of its journal to the same runs', async () => {
  const drawing =
    'start > a, start > b, start > c, a > d, b > d, d > join, c > e, e > join.1, join > f';
  const types = [start(1, 2), ...quick, nodeType('f'), join];
  const workflow = parallel(drawing);
  const whole = await run(workflow, types);
  const told = (runs: readonly RunRecord[]) =>
    runs.map(({ node, runIndex, outputs }) => [node, runIndex, outputs]);
  for (let cut = 0; cut <= whole.runs.length; cut += 1) {
    const resumed = await run(workflow, types, { history: whole.runs.slice(0, cut) });
    expect(told(resumed.runs)).toEqual(told(whole.runs));
  }
});
