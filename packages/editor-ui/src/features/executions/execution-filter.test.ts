import { expect, test } from 'vitest';
import { executionMs } from './execution-duration.ts';
import { filterOf, queryOf } from './execution-filter.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

test.each([
  [{ status: 'error', workflow: 'w1', q: ' ada ', age: 'day' }, 'error', 'w1', 'ada', 'day'],
  [
    { status: 'odd', workflow: ['a', 'b'], q: '', age: 'aeon' },
    undefined,
    undefined,
    undefined,
    undefined,
  ],
  [{}, undefined, undefined, undefined, undefined],
])('reads %j', (query, status, workflowId, words, age) => {
  expect(filterOf(query)).toEqual({ status, workflowId, words, age });
});

test.each([
  [{}, {}],
  [
    { status: 'error' as const, workflowId: 'w' },
    { status: 'error', workflowId: 'w' },
  ],
  [{ words: 'order 12' }, { text: 'order 12' }],
  [{ words: 'email=ada@example.com' }, { customKey: 'email', customValue: 'ada@example.com' }],
  [{ words: 'email=' }, { customKey: 'email' }],
  [{ words: 'a b=c' }, { text: 'a b=c' }],
  [{ age: 'day' as const }, { since: '2026-11-20T12:00:00.000Z' }],
])('%j asks for %j', (filter, query) => {
  expect(queryOf(filter, NOW)).toEqual(query);
});

test('an execution takes until it ends, or until now', () => {
  const startedAt = '2026-01-01T00:00:00.000Z';
  const now = Date.parse('2026-01-01T00:00:05.000Z');
  expect(executionMs({ startedAt: null, finishedAt: null }, now)).toBeUndefined();
  expect(executionMs({ startedAt, finishedAt: null }, now)).toBe(5000);
  expect(executionMs({ startedAt, finishedAt: '2026-01-01T00:00:01.000Z' }, now)).toBe(1000);
});
