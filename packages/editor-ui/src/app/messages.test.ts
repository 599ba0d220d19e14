import { expect, test } from 'vitest';
import type { Messages } from '../lib/i18n.ts';
import { messages } from './messages.ts';

test('German says everything that English says, with the same placeholders', () => {
  expect(placeholders(messages.de)).toEqual(placeholders(messages.en));
});

test('no text is empty', () => {
  const all = [...flat(messages.en), ...flat(messages.de)];
  expect(all.filter(([, text]) => text.trim() === '')).toEqual([]);
});

const placeholders = (texts: Messages) =>
  Object.fromEntries(
    flat(texts).map(([key, text]) => [key, [...new Set(text.match(/\{\w+\}/g))].toSorted()]),
  );

function flat(texts: Messages, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );
}
