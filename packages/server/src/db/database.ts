import type { DataSource, EntityManager } from 'typeorm';

/** The store everything stands in: SQLite or Postgres, told apart only where SQL differs. */
export interface Database {
  readonly dialect: 'sqlite' | 'postgres';
  /** For reads. Writes go through {@link Database.transaction}. */
  readonly source: DataSource;
  /**
   * Runs `work` in one transaction. On SQLite, which has one connection, transactions queue up:
   * a write outside would land in whichever transaction happens to be open.
   */
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** The SQLite file, for a second connection to it; absent in memory and on Postgres. */
  readonly file: string | undefined;
  /**
   * Runs `work` while no transaction of this process is open on SQLite: for a second connection that
   * writes to the same file. On Postgres, which needs no turns, at once.
   */
  turn<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
