import { expect, test } from 'vitest';
import { readFaultArguments } from './fault-arguments.ts';

const known = ['F1', 'F2', 'F+'];

test.each([
  ['nothing named is all', [], known],
  ['rows in any case', ['f2', 'f+'], ['F2', 'F+']],
  ['a seed is no row', ['F1', '--seed', '7'], ['F1']],
])('%s', (_, args, wanted) => {
  expect([...(readFaultArguments(args, known)?.wanted ?? [])]).toEqual(wanted);
});

test('the seed is the one given', () => {
  expect(readFaultArguments(['--seed', '7'], known)?.seed).toBe(7);
});

test.each([
  ['a row that does not exist', ['F99']],
  ['a seed that is no number', ['--seed', 'x']],
  ['a seed left out', ['--seed']],
])('%s is refused', (_, args) => {
  expect(readFaultArguments(args, known)).toBeUndefined();
});
