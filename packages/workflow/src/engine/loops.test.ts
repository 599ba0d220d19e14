import { expect, test } from 'vitest';
import type { Item } from '../items/index.ts';
import type { NodeResult } from '../node-api/index.ts';
import { flow, nodeType, order, run, start } from './testing-flow.ts';

const list = (value: unknown): Item[] => (Array.isArray(value) ? value : []);

/** Sends its items one at a time, then all that came back: state of its own, as loops have. */
const loop = nodeType(
  'loop',
  ({ state, items }) => {
    if (state.left) state.back = [...list(state.back), ...items()];
    const [next, ...left] = state.left ? list(state.left) : items();
    state.left = left;
    return next ? [[], [next]] : [list(state.back), []];
  },
  { outputs: ['main', 'main'], pure: true },
);
const double = nodeType('double', (context) => [
  context.items().map(({ json }) => ({ json: { n: Number(json.n) * 2 } })),
]);
const wait = nodeType('wait', (): NodeResult => ({ kind: 'wait', resume: 'time', until: 1 }));
const types = [start(1, 2, 3), loop, double, wait, nodeType('end')];

test.each(['v0', 'v1', 'parallel'])('a loop ends when all came back, order %s', async (how) => {
  const workflow = flow('start > loop, loop.1 > double, double > loop, loop > end', { order: how });
  const { status, runs } = await run(workflow, types);
  expect([status, order(runs)]).toEqual([
    'success',
    'start loop double loop double loop double loop end',
  ]);
  expect(runs.at(-1)?.outputs[0]?.map(({ json }) => json.n)).toEqual([2, 4, 6]);
});

test.each(['v0', 'v1', 'parallel'])(
  'a pause in a loop goes on where the loop was, order %s',
  async (how) => {
    const drawing = 'start > loop, loop.1 > wait, wait > double, double > loop, loop > end';
    const workflow = flow(drawing, { order: how });
    let outcome = await run(workflow, types);
    for (let pause = 0; pause < 3; pause += 1) {
      expect(outcome).toMatchObject({ status: 'waiting', waiting: { node: 'wait', until: 1 } });
      outcome = await run(workflow, types, { history: outcome.runs, resume: {} });
    }
    expect(outcome.status).toBe('success');
    expect(outcome.runs.at(-1)?.outputs[0]?.map(({ json }) => json.n)).toEqual([2, 4, 6]);
  },
);

test('a loop without an end stops when the execution is cancelled', async () => {
  const stop = new AbortController();
  let rounds = 0;
  const count = nodeType('count', (context) => {
    rounds += 1;
    if (rounds === 50) stop.abort();
    return [context.items()];
  });
  const { status } = await run(
    flow('start > count, count > back, back > count'),
    [start(1), count, nodeType('back')],
    { signal: stop.signal },
  );
  expect([status, rounds]).toEqual(['canceled', 50]);
});
