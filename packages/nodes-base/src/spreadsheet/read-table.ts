import type { JsonObject } from '@millrace/workflow/items';

/** The rows of a CSV file or a spreadsheet. Their libraries are loaded when they are first used. */
export async function readTable(
  bytes: Uint8Array,
  isCsv: boolean,
  options: JsonObject,
): Promise<readonly JsonObject[]> {
  return isCsv
    ? (await import('./csv-read.ts')).readCsv(bytes, options)
    : (await import('./read-spreadsheet.ts')).readSpreadsheet(bytes, options);
}
