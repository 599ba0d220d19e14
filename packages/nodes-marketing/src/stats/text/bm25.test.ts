import { expect, test } from 'vitest';
import { indexDocuments } from './bm25.ts';

const index = indexDocuments(['coffee roasting', 'coffee machines', 'garden herbs', '']);

test('a text with all the terms matches whole, others by what is rare', () => {
  expect(index.match('Who knows about roasting coffee?')[0]).toBeCloseTo(1, 9);
  const [roasting = 0, machines = 0, herbs, empty] = index.match('roasting tips');
  expect(roasting).toBeGreaterThan(0.5);
  expect(roasting).toBeGreaterThan(index.match('coffee tips')[0] ?? 1);
  expect([machines, herbs, empty]).toEqual([0, 0, 0]);
});

test('nothing matches nothing', () => {
  expect(indexDocuments([]).match('x')).toEqual([]);
  expect(index.match('')).toEqual([0, 0, 0, 0]);
});
