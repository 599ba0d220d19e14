import type { Database as Handle } from 'better-sqlite3';
import type { Database } from '../../db/index.ts';

/** How much room the database takes, in bytes. */
export interface DatabaseSize {
  readonly onDisk: number;
  /** Part of `onDisk` that waits for new data. */
  readonly free: number;
}

/** Pages given back between two rests: a few milliseconds of work. */
const PAGES_PER_STEP = 200;

/** Measures the database, and gives back to the disk what deleted rows left. */
export function createDatabaseSize(db: Database) {
  const number = async (sql: string): Promise<number> => {
    const rows: readonly Record<string, unknown>[] = await db.source.query(sql);
    return Number(Object.values(rows[0] ?? {})[0] ?? 0);
  };

  const sqlite = {
    async measure(): Promise<DatabaseSize> {
      const page = await number('PRAGMA page_size');
      const [all, free] = [
        await number('PRAGMA page_count'),
        await number('PRAGMA freelist_count'),
      ];
      return { onDisk: all * page, free: free * page };
    },
    runData: async () => {
      const { onDisk, free } = await sqlite.measure();
      return onDisk - free;
    },
    /** In steps, each in its turn; `rest` is awaited between them. */
    async giveBack(rest: () => Promise<void>): Promise<void> {
      for (let free = await number('PRAGMA freelist_count'); free > 0;) {
        await db.turn(() => vacuumStep(db));
        const left = await number('PRAGMA freelist_count');
        if (left >= free) return; // made before files could shrink: only a full VACUUM helps
        free = left;
        await rest();
      }
      await db.turn(() => db.source.query('PRAGMA wal_checkpoint(PASSIVE)'));
    },
  };

  const postgres = {
    async measure(): Promise<DatabaseSize> {
      const onDisk = await number('SELECT pg_database_size(current_database())');
      return { onDisk, free: Math.max(0, (await number(TABLES)) - (await postgres.runData())) };
    },
    /** Tables there do not shrink when rows go, so the rows themselves are added up. */
    runData: () => number(ROWS),
    /** Room is used again by itself (autovacuum); asking for it sooner keeps a table from growing. */
    async giveBack(): Promise<void> {
      await db.source.query('VACUUM "execution_run"');
      await db.source.query('VACUUM "execution_chunk"');
      await db.source.query('VACUUM "execution"');
    },
  };

  return db.dialect === 'sqlite' ? sqlite : postgres;
}

/** Not by `query`, which takes the one step of a statement that frees one page. */
async function vacuumStep(db: Database): Promise<void> {
  const handle: Pick<Handle, 'exec'> = await db.source.createQueryRunner().connect();
  handle.exec(`PRAGMA incremental_vacuum(${PAGES_PER_STEP})`);
}

const TABLES = `SELECT pg_total_relation_size('execution')
  + pg_total_relation_size('execution_run') + pg_total_relation_size('execution_chunk')`;

/** Bytes besides the long columns: the others, headers and index entries. */
const ROW_BYTES = 400;

const ROWS = `SELECT
  (SELECT COALESCE(SUM(octet_length("outputs") + octet_length("sources")
    + octet_length(COALESCE("packed", '')) + ${ROW_BYTES}), 0)
    FROM "execution_run")
  + (SELECT COALESCE(SUM(octet_length("data") + ${ROW_BYTES}), 0) FROM "execution_chunk")`;
