import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ERROR_CODES } from './error-codes.ts';

test('docs/errors.md explains every code and no other', () => {
  const docs = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
  const headings = [...docs.matchAll(/^## (\S+)$/gm)].map(([, code]) => code);
  expect(headings.toSorted()).toEqual(Object.keys(ERROR_CODES).toSorted());
});
