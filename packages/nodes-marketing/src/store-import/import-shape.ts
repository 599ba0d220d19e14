import type { Tables } from '@millrace/workflow/node-api';
import { columnsOf, type Cells, type Columns } from './columns.ts';

/** What can be brought in. */
export const IMPORT_TARGETS = [
  'keywords',
  'rankings',
  'backlinks',
  'campaignDays',
  'campaignMemories',
  'trends',
] as const;
export type ImportTarget = (typeof IMPORT_TARGETS)[number];

export interface ImportOptions {
  /** Days a Search Console export without dates covers. */
  readonly windowDays: number;
  readonly now: number;
}

/** What is wrong with a row that cannot be read. */
export interface Unreadable {
  readonly problem: string;
}

/** A kind of file: the headers that give it away, how its rows are read, and where they go. */
export interface ImportShape {
  readonly source: string;
  readonly target: ImportTarget;
  /** Undefined when the headers are not those of this kind. */
  open(header: Cells, options: ImportOptions): Importer | undefined;
}

/** Takes the rows of one file. */
export interface Importer {
  readonly source: string;
  readonly target: ImportTarget;
  /** Reads a row; gives what is wrong with it, if anything. */
  add(cells: Cells): string | undefined;
  /** Rows read and not yet written. */
  readonly waiting: number;
  /** Writes what waits; gives how many rows of the table that made. */
  write(tables: Tables): Promise<number>;
}

/** A shape in terms of what a row of it becomes. */
interface ShapeOf<Row extends object> {
  readonly source: string;
  readonly target: ImportTarget;
  /** One of each list has to be a column. */
  readonly needs: readonly (readonly string[])[];
  /** Looks the columns up once, then reads row after row. */
  read(columns: Columns, options: ImportOptions): ((cells: Cells) => Row | Unreadable) | undefined;
  write(tables: Tables, rows: readonly Row[]): Promise<number>;
}

export const importShape = <Row extends object>(shape: ShapeOf<Row>): ImportShape => ({
  source: shape.source,
  target: shape.target,
  open(header, options) {
    const columns = columnsOf(header);
    if (!shape.needs.every((names) => columns.has(...names))) return undefined;
    const read = shape.read(columns, options);
    if (!read) return undefined;
    let rows: Row[] = [];
    return {
      source: shape.source,
      target: shape.target,
      get waiting() {
        return rows.length;
      },
      add(cells) {
        const row = read(cells);
        if (isUnreadable(row)) return row.problem;
        rows.push(row);
        return undefined;
      },
      async write(tables) {
        const own = rows;
        rows = [];
        return own.length === 0 ? 0 : shape.write(tables, own);
      },
    };
  },
});

const isUnreadable = (row: object): row is Unreadable => 'problem' in row;
