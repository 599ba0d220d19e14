import { expect, test } from 'vitest';
import { freeCopyName } from './copy-name.ts';
import { starter } from './starters.ts';

test.each(['firstRun', 'webhook', 'schedule'] as const)('%s is one whole chain', (id) => {
  const { name, nodes, connections } = starter(id, 'Mine');
  expect(name).toBe('Mine');
  const names = nodes.map((node) => node.name);
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(connections)).toEqual(names.slice(0, -1));
  const targets = Object.values(connections).map(({ main }) => main?.[0]?.[0]?.node);
  expect(targets).toEqual(names.slice(1));
});

test('a copy takes the first free name', () => {
  expect(freeCopyName('A', ['A'], 'copy')).toBe('A (copy)');
  expect(freeCopyName('A', ['A', 'A (copy)'], 'copy')).toBe('A (copy 2)');
});
