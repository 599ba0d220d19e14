import Sqlite from 'better-sqlite3';
import { Pool } from 'pg';

export interface LedgerRow {
  readonly id: string;
  readonly status: string;
  readonly mode: string;
  readonly restarts: number;
  readonly error: string | null;
  readonly waitUntil: number | null;
  readonly waitNode: string | null;
}

/** What the database says happened, read past the instance. */
export interface Ledger {
  executions(): Promise<readonly LedgerRow[]>;
  /** Runs that stand in the journal more than once for the same attempt's outcome. */
  doubles(): Promise<number>;
  query<T>(sql: string): Promise<readonly T[]>;
  close(): Promise<void>;
}

export async function openLedger(database: string): Promise<Ledger> {
  const { query, close } = database.startsWith('sqlite:')
    ? onSqlite(database.slice('sqlite:'.length))
    : onPostgres(database);
  return {
    query,
    close,
    executions: () =>
      query<LedgerRow>(
        'SELECT "id", "status", "mode", "restarts", "error", "waitUntil", "waitNode" FROM "execution"',
      ),
    async doubles() {
      const rows = await query<{ n: number }>(
        `SELECT count(*) AS "n" FROM "execution_run" WHERE "status" IN ('success', 'error')
         GROUP BY "executionId", "node", "runIndex" HAVING count(*) > 1`,
      );
      return rows.length;
    },
  };
}

function onPostgres(url: string) {
  const pool = new Pool({ connectionString: url, max: 2, application_name: 'ledger' });
  // The server is shut down under it on purpose.
  pool.on('error', () => undefined);
  return {
    query: async <T>(sql: string): Promise<readonly T[]> => (await pool.query(sql)).rows,
    close: () => pool.end(),
  };
}

function onSqlite(path: string) {
  const open: { file?: Sqlite.Database } = {};
  return {
    async query<T>(sql: string): Promise<readonly T[]> {
      open.file ??= new Sqlite(path, { readonly: true, fileMustExist: true });
      return open.file.prepare<[], T>(sql).all();
    },
    async close() {
      open.file?.close();
    },
  };
}
