import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { CodeRequest } from '@millrace/workflow/ports';

const USES_LUXON = /\b(?:DateTime|Interval|Duration|luxon)\b|\$now\b|\$today\b/;
const require = createRequire(import.meta.url);

/** A library's one file for browsers: it sets a global, and needs no module loader. */
const FILES = {
  luxon: () => join(dirname(require.resolve('luxon/package.json')), 'build/global/luxon.min.js'),
  alasql: () => join(dirname(require.resolve('alasql')), 'alasql.min.js'),
} as const;

/**
 * Gives the library sources a piece of user code needs; read once, sent only to code that names them
 * (Luxon) or comes from a node that asks for them.
 */
export function createLibraries(): (
  source: string,
  asked?: CodeRequest['libraries'],
) => readonly string[] {
  const sources = new Map<keyof typeof FILES, string>();

  const sourceOf = (name: keyof typeof FILES): string => {
    const known = sources.get(name) ?? readFileSync(FILES[name](), 'utf8');
    sources.set(name, known);
    return known;
  };

  return (source, asked = []) => [
    ...(USES_LUXON.test(source) ? [sourceOf('luxon')] : []),
    ...asked.map(sourceOf),
  ];
}
