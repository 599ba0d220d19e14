import { expect, test } from 'vitest';
import { schemaOf } from './schema.ts';

const lines = (...items: Parameters<typeof schemaOf>[0][number]['json'][]) =>
  schemaOf(items.map((json) => ({ json }))).map(
    ({ path, kinds, sample, depth }) => `${' '.repeat(depth)}${path.join('.')}: ${kinds} ${sample}`,
  );

test('fields of all items, with their kinds and a sample', () => {
  expect(lines({ a: 1 }, { a: null, b: 'x' }, { b: 'y' })).toEqual([
    'a: number | null 1',
    'b: string x',
  ]);
});

test('objects and the first entry of lists are opened', () => {
  expect(lines({ user: { name: 'Ada' }, orders: [{ total: 5 }, { other: 1 }] })).toEqual([
    'user: object ',
    ' user.name: string Ada',
    'orders: list ',
    ' orders.0.total: number 5',
  ]);
});

test('no items and empty items have no fields; endless depth ends', () => {
  expect(lines()).toEqual([]);
  expect(lines({})).toEqual([]);
  const deep = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`);
  expect(lines(deep)).toHaveLength(7);
});
