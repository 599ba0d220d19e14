import type { EntityManager } from 'typeorm';
import type { Database } from '../../db/index.ts';
import type { Statement } from './dialect.ts';

export interface Answer {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Rows written. */
  readonly affected: number;
}

/** Runs statements: each in a transaction of its own, or all in the one it was made for. */
export interface Connection {
  read(statement: Statement): Promise<Answer['rows']>;
  /** All or nothing of `work`. */
  write<T>(work: (run: (statement: Statement) => Promise<Answer>) => Promise<T>): Promise<T>;
}

/** What tables need of a database. */
export interface TableDatabase extends Pick<Database, 'dialect' | 'transaction'> {
  readonly source: { query(sql: string, values: unknown[]): Promise<Answer['rows']> };
}

export const connectionTo = (db: TableDatabase): Connection => ({
  read: ({ sql, values }) => db.source.query(sql, [...values]),
  write: (work) => db.transaction((manager) => connectionIn(manager).write(work)),
});

/** A connection within an open transaction. */
export function connectionIn(manager: EntityManager): Connection {
  const run = async ({ sql, values }: Statement): Promise<Answer> => {
    const answer = await manager.queryRunner?.query(sql, [...values], true);
    return { rows: answer?.records ?? [], affected: answer?.affected ?? 0 };
  };
  return { read: async (statement) => (await run(statement)).rows, write: (work) => work(run) };
}
