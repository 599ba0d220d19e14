import { stringify } from 'csv-stringify/sync';
import { MillraceError } from '@millrace/workflow/errors';
import type { TableDeclaration, Tables } from '@millrace/workflow/node-api';

const PAGE = 2000;
/** A workbook is held whole, and a sheet cannot have more than about a million rows. */
const MOST_IN_WORKBOOK = 100_000;

/** A table as CSV, a page at a time. */
export async function* csvOf(tables: Tables, table: TableDeclaration): AsyncGenerator<string> {
  const names = Object.keys(table.columns);
  yield stringify([names]);
  for await (const page of tables.open(table).pages({ size: PAGE }))
    yield stringify(page.map((row) => names.map((name) => cellOf(row[name]))));
}

/** A table as an XLSX workbook. @throws {ExportTooLargeError} above 100,000 rows. */
export async function workbookOf(tables: Tables, table: TableDeclaration): Promise<Uint8Array> {
  const rows = await tables.open(table).count();
  if (rows > MOST_IN_WORKBOOK) throw new ExportTooLargeError(table.name, rows);
  // Loaded only where there is a workbook: it is large.
  const { utils, write } = await import('@e965/xlsx');
  const names = Object.keys(table.columns);
  const sheet = utils.aoa_to_sheet([names], { dense: true });
  for await (const page of tables.open(table).pages({ size: PAGE }))
    utils.sheet_add_aoa(
      sheet,
      page.map((row) => names.map((name) => cellOf(row[name]))),
      { origin: -1 },
    );
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, table.name.slice(0, 31));
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', compression: true }));
}

/** What a spreadsheet would run as a formula is marked as text. @see OWASP: CSV injection */
function cellOf(value: unknown): string | number | boolean {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** More rows than a workbook takes. */
export class ExportTooLargeError extends MillraceError<{ table: string; rows: number }> {
  readonly code = 'RESOURCE_TOO_LARGE';

  constructor(table: string, rows: number) {
    super(`${table} has ${rows} rows; a workbook takes ${MOST_IN_WORKBOOK}`, {
      details: { table, rows },
      fix: 'Export it as CSV: add format=csv to the address',
    });
  }
}
