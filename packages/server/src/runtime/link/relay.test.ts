import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEventBus } from '../event-bus.ts';
import type { RuntimeEvent } from '../runtime.types.ts';
import type { ProcessLink } from './link.types.ts';
import { relay } from './relay.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A process whose messages end in lists; `hearWatch` is another process saying that somebody watches. */
function openProcess() {
  const bus = createEventBus((error) => {
    throw error;
  });
  const sent: RuntimeEvent['type'][] = [];
  const hearers: (() => void)[] = [];
  const watches = { count: 0 };
  const closing = new AbortController();
  const link: ProcessLink = {
    answer: () => undefined,
    publish: ({ type }) => void sent.push(type),
    cancel: () => undefined,
    watch: () => void watches.count++,
    watched: (heard) => void hearers.push(heard),
    ask: async () => ({ replies: [], isComplete: true }),
    reply: () => undefined,
    listen: () => undefined,
    closed: closing.signal,
    close: async () => closing.abort(),
  };
  const { hear } = relay(bus, link);
  return { bus, sent, watches, link, hear, hearWatch: () => hearers.forEach((heard) => heard()) };
}

const about = { executionId: 'e', workflowId: 'w' };
const begun = { type: 'run-started', ...about, node: 'A', runIndex: 0, startedAt: 1 } as const;
const ended = (status: 'success' | 'waiting') =>
  ({ type: 'execution-finished', ...about, status, finishedAt: 2 }) as const;
const changed = { type: 'triggers-changed', workflowId: 'w' } as const;

test('a new process sends all, and after a while without a watcher only what others need', () => {
  const { bus, sent } = openProcess();
  for (const event of [begun, ended('success'), changed]) bus.publish(event);
  expect(sent.splice(0)).toEqual(['run-started', 'execution-finished', 'triggers-changed']);

  vi.advanceTimersByTime(15_000);
  expect(bus.hasListeners).toBe(false);
  for (const event of [begun, ended('success'), ended('waiting'), changed]) bus.publish(event);
  expect(sent).toEqual(['execution-finished', 'triggers-changed']);
});

test('all is sent again, once, from when somebody watches elsewhere', () => {
  const { bus, sent, hearWatch } = openProcess();
  vi.advanceTimersByTime(15_000);
  hearWatch();
  vi.advanceTimersByTime(14_000);
  hearWatch();
  vi.advanceTimersByTime(14_000);
  for (const event of [begun, ended('waiting'), changed]) bus.publish(event);
  expect(sent).toEqual(['run-started', 'execution-finished', 'triggers-changed']);
});

test('whoever watches here is told of at once and then every 5 s, until nobody does', async () => {
  const { bus, watches, link } = openProcess();
  expect(watches.count).toBe(0);
  const stop = bus.subscribe(() => undefined);
  expect(watches.count).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(watches.count).toBe(3);
  stop();
  vi.advanceTimersByTime(20_000);
  expect(watches.count).toBe(3);
  bus.subscribe(() => undefined);
  await link.close();
  vi.advanceTimersByTime(20_000);
  expect(watches.count).toBe(4);
});

test('passing on to others does not count as watching', () => {
  const { watches, hearWatch } = openProcess();
  hearWatch();
  vi.advanceTimersByTime(10_000);
  expect(watches.count).toBe(0);
});

test('what came from another process does not go back', () => {
  const { bus, sent, hear } = openProcess();
  const seen: string[] = [];
  bus.subscribe(({ type }) => void seen.push(type));
  hear(begun);
  expect(seen).toEqual(['run-started']);
  expect(sent).toEqual([]);
});
