import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { millrace } from './cli-batch.ts';

interface Row {
  readonly expr: string;
  readonly expected?: unknown;
  readonly expectedUndefined?: boolean;
  readonly error?: string;
}

type Result = { readonly value?: unknown; readonly error?: { readonly message: string } };

/** Runs a table through `millrace evaluate --table`; one line per row that differs. */
export async function runExpressionRows(
  file: string,
): Promise<{ total: number; misses: string[] }> {
  const { rows }: { rows: Row[] } = JSON.parse(readFileSync(file, 'utf8'));
  const results = await evaluateTable(file);
  const misses = rows.flatMap((row, index) => {
    const result = results[index] ?? {};
    return agrees(row, result)
      ? []
      : [`${row.expr}\n      got ${JSON.stringify(result)}, expected ${JSON.stringify(row)}`];
  });
  return { total: rows.length, misses };
}

/** What `millrace evaluate` prints for a table file, parsed. @throws when it does not end well. */
export async function evaluateTable(file: string): Promise<Result[]> {
  const child = millrace(['evaluate', '--table', file]);
  child.stdin?.end();
  child.stderr?.resume();
  const parts: Buffer[] = [];
  child.stdout?.on('data', (part: Buffer) => parts.push(part));
  const status = await new Promise((resolve) => child.once('close', resolve));
  if (status !== 0) throw new Error(`millrace evaluate ended with ${status}`);
  return JSON.parse(Buffer.concat(parts).toString());
}

/** Writes a table for {@link evaluateTable} into a fresh folder. */
export function writeTable(table: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'millrace-table-')), 'table.json');
  writeFileSync(file, JSON.stringify(table));
  return file;
}

function agrees(row: Row, result: Result): boolean {
  if (row.error !== undefined) return result.error !== undefined;
  if (result.error) return false;
  if (row.expectedUndefined) return !('value' in result);
  return isDeepStrictEqual(row.expected ?? null, result.value ?? null);
}
