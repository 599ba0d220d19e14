import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { ImportError } from '../keyword-import/import.error.ts';
import type { Cells } from './columns.ts';

/** A row of a file and the line it begins on, from 1. */
export interface FileRecord {
  readonly line: number;
  readonly cells: Cells;
}

const GZIP = [0x1f, 0x8b];
const ZIP = [0x50, 0x4b];
const LARGEST_WORKBOOK = 32 * 1024 * 1024;

/**
 * The rows of a CSV file (comma, semicolon or tab; UTF-8 or UTF-16; also gzipped) as they come, or of
 * the first sheet of an XLSX workbook, which has to be held whole.
 *
 * @throws {ImportError} for a file that is no table.
 */
export async function* fileRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<FileRecord> {
  const { start, all } = await peek(bytes);
  if (beginsWith(start, ZIP)) {
    yield* workbookRecords(all);
    return;
  }
  const plain = beginsWith(start, GZIP) ? through(all, createGunzip()) : all;
  try {
    yield* csvRecords(plain);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(
      `The file is no table: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** What comes out of a stream; an error on the way in comes out too. */
function through<Out extends Transform>(pieces: AsyncIterable<unknown>, stream: Out): Out {
  // Whoever reads the stream hears of the error; there is nothing to add here.
  pipeline(Readable.from(pieces), stream, () => undefined);
  return stream;
}

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte);

/** The first piece, and all pieces with it. */
async function peek(bytes: AsyncIterable<Uint8Array>) {
  const pieces = bytes[Symbol.asyncIterator]();
  const first = await pieces.next();
  const start = first.done ? new Uint8Array() : first.value;
  async function* all(): AsyncGenerator<Uint8Array> {
    yield start;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  }
  return { start, all: all() };
}

async function* csvRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<FileRecord> {
  const { start, all } = await peek(bytes);
  const encoding = encodingOf(start);
  const decoder = new TextDecoder(encoding);
  async function* texts(): AsyncGenerator<string> {
    for await (const piece of all) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  }
  const parser = through(
    texts(),
    parse({
      delimiter: delimiterOf(new TextDecoder(encoding).decode(start)),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }),
  );
  let line = 1;
  for await (const { record, info } of parser) {
    yield { line, cells: record };
    line = info.lines + 1;
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

const DELIMITERS = [',', ';', '\t'];
const LINES_LOOKED_AT = 20;

/** The one that splits some line at the start of the file most often. */
function delimiterOf(start: string): string {
  const lines = start.split('\n', LINES_LOOKED_AT);
  const most = (mark: string) => Math.max(...lines.map((line) => line.split(mark).length));
  return DELIMITERS.reduce((best, mark) => (most(mark) > most(best) ? mark : best), ',');
}

async function* workbookRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<FileRecord> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > LARGEST_WORKBOOK)
      throw new ImportError('The workbook is larger than 32 MB: save the sheet as CSV');
    pieces.push(piece);
  }
  // Loaded only where there is a workbook: it is large.
  const { read, utils } = await import('@e965/xlsx');
  const book = read(Buffer.concat(pieces), { dense: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) throw new ImportError('The workbook has no sheet');
  const rows: unknown[][] = utils.sheet_to_json(sheet, {
    header: 1,
    raw: false,
    defval: '',
    blankrows: true,
    dateNF: 'yyyy-mm-dd',
  });
  for (const [index, cells] of rows.entries())
    if (cells.length > 0) yield { line: index + 1, cells: cells.map(String) };
}
