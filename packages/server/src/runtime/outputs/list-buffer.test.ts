import { expect, test } from 'vitest';
import { createListBuffer } from './list-buffer.ts';

const listOf = (...values: readonly unknown[]) => {
  const list = createListBuffer(8);
  for (const value of values) list.add(JSON.stringify(value));
  return JSON.parse(Buffer.from(list.take()).toString());
};

test('texts of any script and length come out as a list of what went in', () => {
  const values = [{ a: 1 }, 'ä', '日本', '😀'.repeat(100), [], null];
  expect(listOf(...values)).toEqual(values);
});

test('nothing is an empty list, and the same memory serves the next', () => {
  const list = createListBuffer(4);
  expect(Buffer.from(list.take()).toString()).toBe('[]');
  list.add('1');
  expect(list.length).toBe(2);
  expect(Buffer.from(list.take()).toString()).toBe('[1]');
  expect(list.length).toBe(0);
});
