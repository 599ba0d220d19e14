import { utils, write, type BookType } from '@e965/xlsx';
import type { Batch, JsonObject } from '@millrace/workflow/items';
import { csvOf } from './csv-write.ts';
import { flatRow } from './flat-row.ts';
import type { Spreadsheet } from './spreadsheet-kinds.ts';

/** How SheetJS calls the kinds. */
const BOOK_TYPES: Readonly<Record<Exclude<Spreadsheet, 'csv'>, BookType>> = {
  html: 'html',
  ods: 'ods',
  rtf: 'rtf',
  xls: 'biff8',
  xlsx: 'xlsx',
};

/** A table of the items, one row each; `options` are `compression`, `delimiter`, `headerRow` and `sheetName`. */
export function spreadsheetOf(
  items: Batch,
  kind: Spreadsheet,
  options: JsonObject,
): Uint8Array | AsyncIterable<Uint8Array> {
  const hasHeader = options.headerRow !== false;
  if (kind === 'csv')
    return csvOf(items, { hasHeader, delimiter: String(options.delimiter || ',') });
  const rows = items.map(({ json }) => flatRow(json));
  const sheet = utils.json_to_sheet(rows, { skipHeader: !hasHeader });
  const name = String(options.sheetName || 'Sheet').slice(0, 31); // Excel's own limit
  const book = { SheetNames: [name], Sheets: { [name]: sheet } };
  return write(book, {
    type: 'buffer',
    bookType: BOOK_TYPES[kind],
    compression: options.compression === true,
  });
}
