import { expect, test } from 'vitest';
import { createGroupCommit } from './group-commit.ts';

const accepting = () => {
  const batches: (readonly string[])[] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const group = createGroupCommit<string>({
    async commit(writes) {
      batches.push(writes);
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      await gate.promise;
      return new Map();
    },
    maxWaiting: 4,
  });
  return { batches, gates, group };
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what arrives together goes together, what arrives during a commit goes next, in order', async () => {
  const { batches, gates, group } = accepting();
  const first = Promise.all([group.add('a'), group.add('b')]);
  await turn();
  const second = Promise.all([group.add('c'), group.add('d')]);
  gates[0]?.resolve();
  await first;
  await turn();
  gates[1]?.resolve();
  await second;
  expect(batches).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('nobody is told before the commit', async () => {
  const { gates, group } = accepting();
  const told: string[] = [];
  const done = group.add('a').then(() => told.push('a'));
  await turn();
  expect(told).toEqual([]);
  gates[0]?.resolve();
  await done;
  expect(told).toEqual(['a']);
});

test('a failed batch is tried one by one, and only the bad write fails', async () => {
  const written: string[] = [];
  const group = createGroupCommit<string>({
    async commit(writes) {
      if (writes.includes('bad')) throw new Error('constraint');
      written.push(...writes);
      return new Map();
    },
  });
  const results = await Promise.allSettled(['a', 'bad', 'c'].map((write) => group.add(write)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(written).toEqual(['a', 'c']);
  expect(group.waiting).toBe(0);
});

test('beyond its limit it refuses at once', async () => {
  const { gates, group } = accepting();
  const taken = ['a', 'b', 'c', 'd'].map((write) => group.add(write));
  await expect(group.add('e')).rejects.toMatchObject({ code: 'QUEUE_FULL' });
  await turn();
  gates[0]?.resolve();
  await Promise.all(taken);
});
