import { setImmediate as nextTurn } from 'node:timers/promises';
import { parse, type Parser } from 'csv-parse';
import type { JsonObject } from '@millrace/workflow/items';
import { decodeText } from '../files/text-encoding.ts';

/** Parsed in a few milliseconds; then others have their turn. */
const CHARS_AT_ONCE = 1 << 16;

/**
 * The rows of a CSV file: objects by the names in the first row, or `{ row: cells }` without one.
 * `options` are those of the Extract From File node. However large the file is, the process serves others
 * meanwhile.
 *
 * @throws {CsvError} of csv-parse, with the line, for rows that do not fit.
 */
export async function readCsv(bytes: Uint8Array, options: JsonObject): Promise<JsonObject[]> {
  const hasHeader = options.headerRow !== false;
  const skipping = skipRule(options.skipRecordsWithErrors);
  const parser = parse({
    delimiter: String(options.delimiter || ','),
    bom: options.enableBOM === true,
    relax_quotes: options.relaxQuotes === true,
    columns: hasHeader,
    ...(atLeast(options.fromLine, 1) && { from_line: Number(options.fromLine) }),
    ...(atLeast(options.maxRowCount, 1) && { to: Number(options.maxRowCount) }),
    skip_records_with_error: skipping.isOn,
  });
  let skipped = 0;
  parser.on('skip', (error) => {
    skipped += 1;
    if (skipped > skipping.most) parser.destroy(error);
  });
  const text = decodeText(bytes, options.encoding, false);
  const keepsEmpty = options.includeEmptyCells === true;
  const rows: JsonObject[] = [];
  await feed(parser, text, (record) => {
    const cells: object = keepsEmpty ? record : withoutEmpty(record);
    rows.push(hasHeader ? { ...cells } : { row: cells });
  });
  return rows;
}

/** Hands a text to the parser part by part. Records are taken at once: one promise each would cost more than the parsing. */
async function feed(parser: Parser, text: string, take: (record: object) => void): Promise<void> {
  const over = Promise.withResolvers<void>();
  over.promise.catch(() => undefined); // awaited below
  parser.once('end', over.resolve).once('error', over.reject);
  parser.on('readable', () => {
    for (let record: object | null = parser.read(); record !== null; record = parser.read())
      take(record);
  });
  for (let start = 0; start < text.length && !parser.destroyed; start += CHARS_AT_ONCE) {
    parser.write(text.slice(start, start + CHARS_AT_ONCE));
    await nextTurn();
  }
  parser.end();
  await over.promise;
}

const withoutEmpty = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== ''));

const atLeast = (value: unknown, least: number): boolean =>
  value !== undefined && Number(value) >= least;

/** Wire: `{ value: { enabled, maxSkippedRecords } }`; -1 is no limit. */
function skipRule(option: unknown): { isOn: boolean; most: number } {
  const off = { isOn: false, most: 0 };
  if (typeof option !== 'object' || option === null || !('value' in option)) return off;
  const rule = Object.fromEntries(Object.entries(option.value ?? {}));
  const most = Number(rule.maxSkippedRecords ?? -1);
  return rule.enabled === true ? { isOn: true, most: most < 0 ? Infinity : most } : off;
}
