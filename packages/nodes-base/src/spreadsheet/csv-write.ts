import { setImmediate } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import type { Batch } from '@millrace/workflow/items';
import { flatRow } from './flat-row.ts';

const ROWS_AT_ONCE = 500;
const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvStyle {
  readonly delimiter: string;
  readonly hasHeader: boolean;
}

/**
 * CSV of items, in pieces: spreadsheets take the byte order mark as the sign for UTF-8, and the last
 * line has no end. Other work has its turn between pieces.
 */
export async function* csvOf(
  items: Batch,
  { delimiter, hasHeader }: CsvStyle,
): AsyncGenerator<Uint8Array> {
  const columns = await columnsOf(items);
  let lineEnd = '';
  const lines = (cells: unknown[][]) => {
    const text = stringify(cells, {
      delimiter,
      eof: false,
      quoted_match: /[\r\n]/,
      cast: { boolean: (value) => (value ? 'TRUE' : 'FALSE') },
    });
    const bytes = Buffer.from(lineEnd + text);
    lineEnd = '\n';
    return bytes;
  };
  yield Buffer.from(BYTE_ORDER_MARK);
  if (hasHeader && columns.length > 0) yield lines([columns]);
  for await (const some of inPieces(items)) {
    yield lines(
      some.map(({ json }) => {
        const row = flatRow(json);
        return columns.map((column) => row[column]);
      }),
    );
  }
}

/** The columns any item has, in the order they first appear. */
async function columnsOf(items: Batch): Promise<string[]> {
  const columns = new Set<string>();
  for await (const some of inPieces(items))
    for (const { json } of some) for (const name of Object.keys(flatRow(json))) columns.add(name);
  return [...columns];
}

async function* inPieces(items: Batch): AsyncGenerator<Batch> {
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE) {
    yield items.slice(start, start + ROWS_AT_ONCE);
    await setImmediate();
  }
}
