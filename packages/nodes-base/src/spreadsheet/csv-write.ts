import { setImmediate } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import type { JsonObject } from '@millrace/workflow/items';

const ROWS_AT_ONCE = 1000;
const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvStyle {
  readonly delimiter: string;
  readonly hasHeader: boolean;
}

/**
 * CSV of rows, in pieces: spreadsheets take the byte order mark as the sign for UTF-8, and lines have no
 * end after the last one. Other work has its turn between pieces.
 */
export async function* csvOf(
  rows: readonly JsonObject[],
  { delimiter, hasHeader }: CsvStyle,
): AsyncGenerator<Uint8Array> {
  const columns = columnsOf(rows);
  const line = (cells: readonly (readonly unknown[])[]) =>
    stringify(
      cells.map((row) => [...row]),
      {
        delimiter,
        eof: false,
        quoted_match: /[\r\n]/,
        cast: { boolean: (value) => (value ? 'TRUE' : 'FALSE') },
      },
    );
  let separator = BYTE_ORDER_MARK;
  const piece = (text: string) => {
    const bytes = Buffer.from(separator + text);
    separator = '\n';
    return bytes;
  };
  if (hasHeader || rows.length === 0) yield piece(line(columns.length ? [columns] : []));
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const some = rows.slice(start, start + ROWS_AT_ONCE);
    yield piece(line(some.map((row) => columns.map((column) => row[column]))));
    await setImmediate();
  }
}

/** The fields any row has, in the order they first appear. */
export const columnsOf = (rows: readonly JsonObject[]): string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row))),
];
