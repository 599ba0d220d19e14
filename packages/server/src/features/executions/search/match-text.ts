import type { Database } from '../../../db/index.ts';
import { wordsOf } from './words.ts';

/** The condition on `e` for executions in whose data each word of `text` begins a word. */
export function matchText(
  { dialect }: Database,
  text: string,
): { readonly sql: string; readonly parameters: { readonly words?: string } } {
  const words = wordsOf(text);
  if (words.length === 0) return { sql: '1 = 0', parameters: {} };
  // Words are letters and digits only, so that quoting them is safe in either query language.
  return dialect === 'sqlite'
    ? { sql: IN_SQLITE, parameters: { words: words.map((word) => `"${word}"*`).join(' ') } }
    : { sql: IN_POSTGRES, parameters: { words: words.map((word) => `'${word}':*`).join(' & ') } };
}

const IN_SQLITE = `e.id IN (
  SELECT d."executionId" FROM "execution_search" d
  WHERE d."docId" IN (SELECT rowid FROM "execution_search_text" WHERE "execution_search_text" MATCH :words)
)`;

const IN_POSTGRES = `e.id IN (
  SELECT d."executionId" FROM "execution_search" d WHERE d."words" @@ CAST(:words AS tsquery)
)`;
