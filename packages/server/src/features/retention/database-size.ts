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

  /** Of a large table some pages are looked at, evenly, and stand for all. */
  async function sumOf({ table, bytes }: Measured): Promise<number> {
    const pageCount = (await number(`SELECT pg_relation_size('${table}')`)) / PAGE_BYTES;
    const share = Math.min(1, SAMPLED_PAGES / Math.max(1, pageCount));
    const sample = share < 1 ? `TABLESAMPLE SYSTEM (${share * 100}) REPEATABLE (1)` : '';
    const sum = `SELECT COALESCE(SUM(${bytes} + ${ROW_BYTES}), 0) FROM "${table}" ${sample}`;
    return Math.round((await number(sum)) / share);
  }

  const pages = async (count: string) => (await number(count)) * (await number('PRAGMA page_size'));

  const sqlite = {
    onDisk: () => pages('PRAGMA page_count'),
    async measure(): Promise<DatabaseSize> {
      return { onDisk: await sqlite.onDisk(), free: await pages('PRAGMA freelist_count') };
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
    onDisk: () => number('SELECT pg_database_size(current_database())'),
    async measure(): Promise<DatabaseSize> {
      const free = Math.max(0, (await number(TABLES)) - (await postgres.runData()));
      return { onDisk: await postgres.onDisk(), free };
    },
    /** Tables there do not shrink when rows go, so the rows themselves are added up. */
    async runData(): Promise<number> {
      const [runs, chunks] = [await sumOf(RUN_BYTES), await sumOf(CHUNK_BYTES)];
      return runs + chunks;
    },
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

/** Of a Postgres table. */
const PAGE_BYTES = 8192;
/** Together 64 MB: a few tenths of a second, however large the table is. */
const SAMPLED_PAGES = 8192;

interface Measured {
  readonly table: string;
  /** SQL: how long the long columns of a row are. */
  readonly bytes: string;
}

const RUN_BYTES: Measured = {
  table: 'execution_run',
  bytes: `octet_length("outputs") + octet_length("sources") + octet_length(COALESCE("packed", ''))`,
};
const CHUNK_BYTES: Measured = { table: 'execution_chunk', bytes: 'octet_length("data")' };
