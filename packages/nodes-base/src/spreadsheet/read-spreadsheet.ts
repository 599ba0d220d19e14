import { read, utils, type ParsingOptions, type Sheet2JSONOpts } from '@e965/xlsx';
import { unzipSync } from 'fflate';
import type { JsonObject } from '@millrace/workflow/items';
import { decodeText } from '../files/text-encoding.ts';
import { MAX_UNPACKED_BYTES } from '../files/unpack-limit.ts';

/**
 * The rows of a sheet: objects by the names in the first row, or `{ row: cells }` without one. `options`
 * are those of the Extract From File node.
 *
 * @throws {Error} when there is no such sheet, or the file is no spreadsheet.
 */
export function readSpreadsheet(bytes: Uint8Array, options: JsonObject): JsonObject[] {
  const book = openBook(bytes, options);
  const name = String(options.sheetName || book.SheetNames[0] || '');
  const sheet = Object.hasOwn(book.Sheets, name) ? book.Sheets[name] : undefined;
  if (!sheet) {
    throw new Error(
      book.SheetNames.length
        ? `Spreadsheet does not contain sheet called "${name}"! It has: ${book.SheetNames.join(', ')}`
        : 'Spreadsheet does not have any sheets!',
    );
  }
  const hasHeader = options.headerRow !== false;
  const how: Sheet2JSONOpts = {
    ...rangeOf(options.range),
    ...(options.includeEmptyCells === true && { defval: '' }),
    ...(!hasHeader && { header: 1 }),
  };
  const rows = utils.sheet_to_json<object>(sheet, how);
  const most = Number(options.maxRowCount ?? -1);
  const kept = most > 0 ? rows.slice(0, most) : rows;
  return kept.map((row) => (hasHeader ? { ...row } : { row }));
}

function openBook(bytes: Uint8Array, options: JsonObject) {
  const how: ParsingOptions = { raw: options.rawData === true, dense: true };
  if (options.readAsString === true) return read(decodeText(bytes), { ...how, type: 'string' });
  if (isZip(bytes)) refuseBomb(bytes);
  return read(bytes, { ...how, type: 'array' });
}

/** A range such as `A3:D10`, or the number of the first row, from 0. */
function rangeOf(range: unknown): Sheet2JSONOpts {
  if (range === undefined || range === '') return {};
  const text = String(range);
  return { range: /^\d+$/.test(text) ? Number(text) : text };
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** Adds up the sizes in the file's own directory, without unpacking. */
function refuseBomb(bytes: Uint8Array): void {
  let total = 0;
  unzipSync(bytes, {
    filter({ originalSize }) {
      total += originalSize;
      return false;
    },
  });
  if (total > MAX_UNPACKED_BYTES)
    throw new Error(`The spreadsheet unpacks to more than ${MAX_UNPACKED_BYTES / 1024 / 1024} MB`);
}
