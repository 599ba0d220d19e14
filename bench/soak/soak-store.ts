import { createRequire } from 'node:module';
import { Redis } from 'ioredis';
import type * as Pg from 'pg';

const { Pool }: typeof Pg = createRequire(
  new URL('../../packages/server/package.json', import.meta.url),
)('pg');

/** What database and Redis hold at a moment. */
export interface StoreState {
  /** Age of the oldest execution that runs, seconds; 0 when none does. */
  readonly oldestRunningSeconds: number;
  /** Seconds since the first lease ran out that nobody took over; 0 when none has. */
  readonly overdueSeconds: number;
  readonly executions: number;
  readonly databaseMb: number;
  readonly redisMb: number;
  /** Entries nobody has begun. */
  readonly queued: number;
}

/** Executions that triggers made in a stretch of time, and those of any kind that ended in it. */
export interface Stretch {
  readonly created: number;
  readonly ended: number;
  readonly failed: number;
}

const MB = 1024 * 1024;
/** Rows may be committed so long after the moment they name. */
const COMMIT_MS = 5000;
const QUEUE = 'millrace:executions';

/** Looks into the stores of an instance, past the instance. */
export function openSoakStore({ database, redis: url }: { database: string; redis: string }) {
  const pool = new Pool({ connectionString: database, max: 1 });
  const redis = new Redis(url);
  const seen = { until: Date.now() };

  async function row<T extends Record<string, unknown>>(
    sql: string,
    values: unknown[] = [],
  ): Promise<T> {
    const [first] = (await pool.query<T>(sql, values)).rows;
    if (!first) throw new Error(`No row from ${sql}`);
    return first;
  }

  /** Executions that have not ended. */
  const open = async (): Promise<number> =>
    Number(
      (
        await row<{ open: string }>(
          `SELECT count(*) AS "open" FROM "execution" WHERE "status" IN ('new', 'running', 'waiting')`,
        )
      ).open,
    );

  return {
    open,

    async look(): Promise<StoreState> {
      const found = await row<Record<keyof StoreState, string>>(LOOK);
      const [waiting, prioritized, memory] = await Promise.all([
        redis.llen(`${QUEUE}:wait`),
        redis.zcard(`${QUEUE}:prioritized`),
        redis.info('memory'),
      ]);
      return {
        oldestRunningSeconds: Number(found.oldestRunningSeconds),
        overdueSeconds: Number(found.overdueSeconds),
        executions: Number(found.executions),
        databaseMb: Number(found.databaseMb) / MB,
        redisMb: Number(/used_memory:(\d+)/.exec(memory)?.[1]) / MB,
        queued: waiting + prioritized,
      };
    },

    /** What happened since the last call; `isLast`: up to now, else up to what is surely committed. */
    async stretch({ isLast = false }: { isLast?: boolean } = {}): Promise<Stretch> {
      const until = Date.now() - (isLast ? 0 : COMMIT_MS);
      const from = seen.until;
      if (until <= from) return { created: 0, ended: 0, failed: 0 };
      seen.until = until;
      const found = await row<Record<keyof Stretch, string>>(STRETCH, [from, until]);
      return {
        created: Number(found.created),
        ended: Number(found.ended),
        failed: Number(found.failed),
      };
    },

    async close(): Promise<void> {
      redis.disconnect();
      await pool.end();
    },
  };
}

const NOW = `(extract(epoch FROM clock_timestamp()) * 1000)`;
const LOOK = `SELECT
  coalesce(max((${NOW} - "startedAt") / 1000) FILTER (WHERE "status" = 'running'), 0) AS "oldestRunningSeconds",
  greatest(0, coalesce(max((${NOW} - "leaseUntil") / 1000) FILTER (WHERE "status" IN ('new', 'running')), 0))
    AS "overdueSeconds",
  count(*) AS "executions", pg_database_size(current_database()) AS "databaseMb" FROM "execution"`;
const STRETCH = `SELECT
  count(*) FILTER (WHERE "createdAt" >= $1 AND "createdAt" < $2 AND "mode" = 'webhook') AS "created",
  count(*) FILTER (WHERE "finishedAt" >= $1 AND "finishedAt" < $2) AS "ended",
  count(*) FILTER (WHERE "finishedAt" >= $1 AND "finishedAt" < $2 AND "status" <> 'success') AS "failed"
  FROM "execution"`;
