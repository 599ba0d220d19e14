import { expect, test } from 'vitest';
import { chunkAt, planChunks } from './chunks.ts';

test.each([
  [1, { chunkSize: 1, count: 1 }],
  [4_999_999, { chunkSize: 4_999_999, count: 1 }],
  [19_999_999, { chunkSize: 19_999_999, count: 1 }],
  [20_000_000, { chunkSize: 10_000_000, count: 2 }],
  [50_000_123, { chunkSize: 10_000_000, count: 5 }],
  [4 * 1024 ** 3, { chunkSize: 10_000_000, count: 429 }],
])('%i bytes', (videoSize, plan) => {
  expect(planChunks(videoSize)).toEqual({ videoSize, ...plan });
});

test('the last chunk takes the rest', () => {
  const plan = planChunks(50_000_123);
  expect(chunkAt(plan, 0)).toEqual({ first: 0, last: 9_999_999 });
  expect(chunkAt(plan, 40_000_000)).toEqual({ first: 40_000_000, last: 50_000_122 });
  expect(chunkAt(plan, 50_000_122)).toEqual({ first: 40_000_000, last: 50_000_122 });
  expect(chunkAt(plan, 50_000_123)).toBeUndefined();
});

test.each([0, 4 * 1024 ** 3 + 1])('%i bytes are refused', (size) => {
  expect(() => planChunks(size)).toThrow('cannot be uploaded');
});
