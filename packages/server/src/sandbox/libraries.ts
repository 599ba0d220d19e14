import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { CodeRequest } from '@millrace/workflow/ports';

const USES_LUXON = /\b(?:DateTime|Interval|Duration|luxon)\b|\$now\b|\$today\b/;

/** Where a library's one file for browsers lies in its package; it sets a global, and needs no module loader. */
const FILES = {
  luxon: 'build/global/luxon.min.js',
  alasql: 'dist/alasql.min.js',
} as const;
type LibraryName = keyof typeof FILES;

/**
 * Gives the library sources a piece of user code needs; read once, sent only to code that names them
 * (Luxon) or comes from a node that asks for them.
 */
export function createLibraries(): (
  source: string,
  asked?: CodeRequest['libraries'],
) => readonly string[] {
  const sources = new Map<LibraryName, string>();

  const sourceOf = (name: LibraryName): string => {
    const known = sources.get(name) ?? readFileSync(fileOf(name), 'utf8');
    sources.set(name, known);
    return known;
  };

  return (source, asked = []) => [
    ...(USES_LUXON.test(source) ? [sourceOf('luxon')] : []),
    ...asked.map(sourceOf),
  ];
}

function fileOf(name: LibraryName): string {
  const file = FILES[name];
  // Looked up by folder: packages need not export their manifest or this file.
  const folder = createRequire(import.meta.url)
    .resolve.paths(name)
    ?.map((path) => join(path, name))
    .find((path) => existsSync(join(path, file)));
  if (folder === undefined) throw new Error(`The package "${name}" is not installed`);
  return join(folder, file);
}
