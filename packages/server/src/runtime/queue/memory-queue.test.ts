import { expect, test } from 'vitest';
import { createMemoryQueue } from './memory-queue.ts';
import type { QueueEntry, Urgency } from './queue.types.ts';

const entry = (id: string, urgency: Urgency = 'normal'): QueueEntry => ({ id, fence: 0, urgency });

/** A queue whose work ends when the test says so. */
function openQueue(concurrency: number) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const queue = createMemoryQueue({
    concurrency,
    run({ id }) {
      begun.push(id);
      return new Promise((resolve) => ends.set(id, resolve));
    },
  });
  const end = async (id: string) => {
    ends.get(id)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue, begun, end };
}

test('what is awaited goes first, what can wait goes last, the rest as it came', async () => {
  const { queue, begun, end } = openQueue(1);
  queue.offer([entry('a'), entry('b', 'low'), entry('c'), entry('d', 'high')]);
  for (const id of ['d', 'a', 'c', 'b']) await end(id);
  expect(begun).toEqual(['d', 'a', 'c', 'b']);
  expect(queue.waiting).toBe(0);
});

test('an entry offered again while it waits or runs is one entry', async () => {
  const { queue, begun, end } = openQueue(1);
  queue.offer([entry('a'), entry('a'), entry('b')]);
  queue.offer([entry('a'), entry('b')]);
  expect(queue.waiting).toBe(1);
  await end('a');
  await end('b');
  expect(begun).toEqual(['a', 'b']);
});

test('a closed queue begins nothing more', async () => {
  const { queue, begun, end } = openQueue(1);
  queue.offer([entry('a'), entry('b')]);
  await queue.close();
  await end('a');
  expect(begun).toEqual(['a']);
});
