import { parse } from 'csv-parse/sync';
import type { Keyword } from '../stats/keyword.ts';
import { detectFormat, type Row } from './export-format.ts';
import { ImportError } from './import.error.ts';

export interface ImportedKeywords {
  /** Whose export it was, such as `semrush-kmt`. */
  readonly source: string;
  /** One per keyword text; of several rows the best-ranked stands, volumes are never added up. */
  readonly keywords: readonly Keyword[];
  readonly skippedRows: number;
}

/** Reads the text of a keyword export, comma-, semicolon- or tab-separated. @throws {ImportError} */
export function readKeywordText(text: string, windowDays: number): ImportedKeywords {
  const body = text.replace(/^\uFEFF/, '');
  try {
    const rows: Row[] = parse(fromHeader(body), {
      columns: true,
      delimiter: delimiterOf(body),
      skip_empty_lines: true,
      relax_column_count: true,
      relax_quotes: true,
    });
    return readKeywordRows(rows, windowDays);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(
      `The file is not a table: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Reads rows that are objects already. @throws {ImportError} when no column holds keywords. */
export function readKeywordRows(rows: readonly Row[], windowDays: number): ImportedKeywords {
  const [first] = rows;
  if (!first) return { source: 'items', keywords: [], skippedRows: 0 };
  const format = detectFormat(Object.keys(first), windowDays);
  if (!format)
    throw new ImportError(`No column of ${Object.keys(first).join(', ')} holds keywords`);

  const byText = new Map<string, Keyword>();
  let skippedRows = 0;
  for (const row of rows) {
    const keyword = format.read(row);
    if (!keyword) {
      skippedRows++;
      continue;
    }
    const key = keyword.text.toLowerCase().normalize('NFKC');
    const held = byText.get(key);
    if (!held || (keyword.position ?? Infinity) < (held.position ?? Infinity))
      byText.set(key, keyword);
  }
  return { source: format.source, keywords: [...byText.values()], skippedRows };
}

const HEADER = /keyword|quer/i;
const SEPARATED = /[,;\t]/;

/** Keyword Planner writes two lines of title above the header. */
function fromHeader(text: string): string {
  const lines = text.split('\n', 6);
  const header = lines.findIndex(isHeader);
  return header > 0 ? text.slice(lines.slice(0, header).join('\n').length + 1) : text;
}

function delimiterOf(text: string): string {
  const line = text.split('\n', 6).find(isHeader) ?? '';
  const count = (mark: string) => line.split(mark).length;
  return ['\t', ';', ','].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ',');
}

const isHeader = (line: string) => HEADER.test(line) && SEPARATED.test(line);
