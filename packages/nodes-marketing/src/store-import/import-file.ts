import type { Tables } from '@millrace/workflow/node-api';
import { ImportError } from '../keyword-import/import.error.ts';
import { openImporter } from './detect-shape.ts';
import { fileRecords, type FileRecord } from './file-records.ts';
import type { Importer, ImportTarget } from './import-shape.ts';

/** A row that was left out, and why. */
export interface RowProblem {
  readonly line: number;
  readonly problem: string;
}

export interface ImportReport {
  readonly source: string;
  readonly target: ImportTarget;
  /** Rows of the file below its header. */
  readonly rows: number;
  /** Rows of the tables that were added or overwritten. */
  readonly written: number;
  readonly leftOut: number;
  /** The first hundred of those. */
  readonly problems: readonly RowProblem[];
}

export interface FileImport {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Where it is to go; found out by the header when left out. */
  readonly target?: ImportTarget;
  readonly windowDays?: number;
  readonly now: number;
  readonly signal?: AbortSignal;
  /** Told after each batch. */
  progress?(report: ImportReport): Promise<void> | void;
}

const BATCH = 1000;
const PROBLEMS_KEPT = 100;
/** Exports put titles and notes above their header. */
const HEADER_WITHIN = 20;

/**
 * Brings a file into the tables, batch after batch. What cannot be read is reported by line, the rest
 * goes in. Rows that are there already are overwritten, so an import that was cut off begins again.
 *
 * @throws {ImportError} when the file is no table or its header is not known.
 */
export async function importFile(tables: Tables, file: FileImport): Promise<ImportReport> {
  const { signal, progress } = file;
  const records = fileRecords(file.bytes);
  const importer = await findHeader(records, file);
  const { source, target } = importer;
  let [rows, written, leftOut] = [0, 0, 0];
  const problems: RowProblem[] = [];
  const report = (): ImportReport => ({ source, target, rows, written, leftOut, problems });
  for await (const { line, cells } of records) {
    rows += 1;
    const problem = importer.add(cells);
    if (problem !== undefined) {
      leftOut += 1;
      if (problems.length < PROBLEMS_KEPT) problems.push({ line, problem });
    }
    if (importer.waiting < BATCH) continue;
    signal?.throwIfAborted();
    written += await importer.write(tables);
    await progress?.(report());
  }
  written += await importer.write(tables);
  return report();
}

/** Reads on until a row is the header of a known export. */
async function findHeader(
  records: AsyncGenerator<FileRecord>,
  { target, windowDays = 28, now }: FileImport,
): Promise<Importer> {
  const seen: string[] = [];
  while (seen.length < HEADER_WITHIN) {
    const next = await records.next();
    if (next.done) break;
    const importer = openImporter(next.value.cells, target, { windowDays, now });
    if (importer) return importer;
    seen.push(next.value.cells.join(', '));
  }
  if (seen.length === 0) throw new ImportError('The file is empty');
  const longest = seen.toSorted((a, b) => b.length - a.length)[0] ?? '';
  throw new ImportError(
    `No row is the header of an export we know${target ? ` for ${target}` : ''}; the fullest is: ${longest.slice(0, 300)}`,
  );
}
