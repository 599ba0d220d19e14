import { Readable } from 'node:stream';
import type { DataTable } from '@millrace/workflow/node-api';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { InvalidError } from '../../platform/index.ts';
import { SYSTEM_COLUMNS } from './table-shape.ts';

const PAGE = 5000;

/** All rows as CSV, page by page; the first line names the columns. */
export function toCsv(table: DataTable): Readable {
  const names = ['id', ...table.info.columns.map(({ name }) => name), 'createdAt', 'updatedAt'];
  async function* lines() {
    yield stringify([names]);
    let after = 0;
    for (;;) {
      const condition = { column: 'id', condition: 'gt', value: after } as const;
      const rows = await table.find({
        filter: { match: 'all', conditions: [condition] },
        limit: PAGE,
      });
      if (rows.length)
        yield stringify(
          rows.map((row) => names.map((name) => row[name] ?? null)),
          { cast: { boolean: String } },
        );
      const last = rows.at(-1)?.['id'];
      if (rows.length < PAGE || typeof last !== 'number') return;
      after = last;
    }
  }
  return Readable.from(lines());
}

/** Adds the rows of a CSV text, all or none. Gives how many. @throws {InvalidError} */
export async function importCsv(table: DataTable, csv: string): Promise<number> {
  const [names = [], ...lines] = readCsv(csv);
  const known = new Set(table.info.columns.map(({ name }) => name));
  const ours = new Set<string>(SYSTEM_COLUMNS);
  const foreign = names.find((name) => !known.has(name) && !ours.has(name));
  if (foreign !== undefined)
    throw new InvalidError(
      `The first line names a column "${foreign}", which the table has not`,
      `Its columns are: ${[...known].join(', ')}`,
    );
  const rows = lines.map((line) =>
    Object.fromEntries(
      names
        .map((name, at) => [name, line[at] ?? null] as const)
        .filter(([name]) => known.has(name)),
    ),
  );
  if (rows.length) await table.insert(rows);
  return rows.length;
}

function readCsv(csv: string): string[][] {
  try {
    return parse(csv, { bom: true, skip_empty_lines: true, delimiter: [',', ';', '\t'] });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidError(`This is no CSV: ${reason}`, 'Mend the line it names');
  }
}
