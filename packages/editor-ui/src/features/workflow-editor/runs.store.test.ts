// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test } from 'vitest';
import { useRunsStore } from './runs.store.ts';

beforeEach(() => setActivePinia(createPinia()));
const at = { executionId: 'e1', workflowId: 'w' };

test('live events add up over the runs of a node', () => {
  const runs = useRunsStore();
  runs.begin('e1');
  for (const runIndex of [0, 1]) {
    runs.apply({ type: 'run-started', ...at, node: 'a', runIndex, startedAt: 1 });
    expect(runs.states.get('a')?.status).toBe('running');
    runs.apply({
      type: 'run-finished',
      ...at,
      node: 'a',
      runIndex,
      status: 'success',
      durationMs: 5,
      counts: [2, 1],
    });
  }
  expect(runs.states.get('a')).toMatchObject({
    status: 'success',
    counts: [4, 2],
    runCount: 2,
    durationMs: 10,
  });
});

test('events of another execution change nothing', () => {
  const runs = useRunsStore();
  runs.begin('e1');
  runs.apply({
    type: 'run-started',
    executionId: 'e2',
    workflowId: 'w',
    node: 'a',
    runIndex: 0,
    startedAt: 1,
  });
  expect(runs.states.size).toBe(0);
});
