import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const USES_LUXON = /\b(?:DateTime|Interval|Duration|luxon)\b|\$now\b|\$today\b/;

/** Gives the library sources a piece of user code needs; read once, sent only to code that names them. */
export function createLibraries(): (source: string) => readonly string[] {
  let luxon: string | undefined;

  return (source) => {
    if (!USES_LUXON.test(source)) return [];
    luxon ??= readFileSync(luxonFile(), 'utf8');
    return [luxon];
  };
}

function luxonFile(): string {
  const manifest = createRequire(import.meta.url).resolve('luxon/package.json');
  return join(dirname(manifest), 'build/global/luxon.min.js');
}
