import { expect, test } from 'vitest';
import { executionMs } from './execution-duration.ts';
import { filterOf } from './execution-filter.ts';

test.each([
  [
    { status: 'error', workflow: 'w1' },
    { status: 'error', workflowId: 'w1' },
  ],
  [{ status: 'nonsense' }, { status: undefined, workflowId: undefined }],
  [{ workflow: ['a', 'b'] }, { status: undefined, workflowId: undefined }],
])('%o asks for %o', (query, filter) => {
  expect(filterOf(query)).toEqual(filter);
});

test('an execution takes until it ends, or until now', () => {
  const startedAt = '2026-01-01T00:00:00.000Z';
  const now = Date.parse('2026-01-01T00:00:05.000Z');
  expect(executionMs({ startedAt: null, finishedAt: null }, now)).toBeUndefined();
  expect(executionMs({ startedAt, finishedAt: null }, now)).toBe(5000);
  expect(executionMs({ startedAt, finishedAt: '2026-01-01T00:00:01.000Z' }, now)).toBe(1000);
});
