import type { JsonObject } from '@millrace/workflow/items';

/** What two databases say differently. */
export interface Dialect {
  /** A name as the statement has it. */
  quote(identifier: string): string;
  /** Where the n-th bound value goes, counted from 1. */
  placeholder(position: number): string;
  /** What precedes `INTO` of an insert that passes over rows that are there already, and what follows it. */
  readonly skipConflicts: { readonly before: string; readonly after: string };
  /** What makes an insert update the row it meets. */
  orUpdate(matched: readonly string[], changed: readonly string[]): string;
  /** Written rows come back from the statement itself. */
  readonly returnsRows: boolean;
  /** Texts, names and comments of a query: no placeholder stands in them. */
  readonly opaque: RegExp;
  /** A value in the form the database's client binds. */
  bindable(value: unknown, columnType: string | undefined): unknown;
}

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface TableName {
  readonly schema: string | undefined;
  readonly table: string;
}

export interface SqlResult {
  /** `undefined` when the statement gives no rows by its nature. */
  readonly rows: readonly JsonObject[] | undefined;
  /** What else the server said, such as the number of rows changed. */
  readonly details: JsonObject;
}

/** An open connection. One statement at a time. */
export interface SqlConnection {
  run(statement: Statement): Promise<SqlResult>;
  /** Column names with their types, in order; empty when there is no such table. */
  columns(table: TableName): Promise<ReadonlyMap<string, string>>;
  close(): Promise<void>;
}
