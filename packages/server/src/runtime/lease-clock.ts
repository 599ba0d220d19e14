import type { Database } from '../db/index.ts';

/** The time leases are told by: the database's, the same for every process. */
export interface LeaseClock {
  /** ms since the epoch. Jumps of this machine's clock do not move it. */
  now(): number;
  /** Compares with the database again. */
  sync(): Promise<void>;
}

/**
 * Runs on the machine's monotonic clock from what the database said last. SQLite has one machine and
 * one process, so there the first reading is enough.
 *
 * @param monotonic - ms from any start, never back.
 */
export function createLeaseClock(
  db: Database,
  { wall, monotonic = () => performance.now() }: { wall: () => number; monotonic?: () => number },
): LeaseClock {
  const state = { offset: wall() - monotonic() };
  return {
    now: () => Math.round(monotonic() + state.offset),
    async sync() {
      if (db.dialect === 'sqlite') return;
      const [row]: readonly { at: string | number }[] = await db.source.query(
        `SELECT extract(epoch FROM clock_timestamp()) * 1000 AS "at"`,
      );
      if (row) state.offset = Number(row.at) - monotonic();
    },
  };
}
