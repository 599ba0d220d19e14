import type { Database } from '../../db/index.ts';
import { LeaseLostError } from '../lease-lost.error.ts';
import { pack, type PackedWrite } from './bulk-rows.ts';
import type { ExecutionWrite } from './execution-write.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { commitToPostgres } from './postgres-commit.ts';
import { toSqliteWrite } from './sqlite-commit.ts';
import { createSqliteWriter } from './sqlite-writer.ts';

export interface ExecutionWriter extends GroupCommit<ExecutionWrite> {
  /** Ends what was added, then lets go of the connection. */
  close(): Promise<void>;
}

/** Transactions side by side on Postgres: while one travels, others are made up. */
const POSTGRES_LANES = 3;

/** Group commit for executions and their journal, on either database. */
export function createExecutionWriter(db: Database): ExecutionWriter {
  const { commit, close } = db.dialect === 'sqlite' ? toSqlite(db) : toPostgres(db);
  const openLane = () =>
    createGroupCommit<PackedWrite>({
      async commit(writes) {
        const lost = await commit(writes);
        return new Map(lost.map((write) => [write, new LeaseLostError(write.id)]));
      },
    });
  const first = openLane();
  const more = db.dialect === 'sqlite' ? 0 : POSTGRES_LANES - 1;
  const lanes = [first, ...Array.from({ length: more }, openLane)];
  /** All writes of one execution take the same lane, so they stay in order. */
  const add = (write: PackedWrite): Promise<void> =>
    (lanes[write.id.charCodeAt(write.id.length - 1) % lanes.length] ?? first).add(write);
  const flush = async () => {
    await Promise.all(lanes.map((lane) => lane.flush()));
  };

  return {
    add(write) {
      const packed = pack(write);
      return packed instanceof Promise ? packed.then(add) : add(packed);
    },
    flush,
    get waiting() {
      return lanes.reduce((sum, { waiting }) => sum + waiting, 0);
    },
    async close() {
      await flush();
      await close();
    },
  };
}

/** Commits in order, and gives the writes another holder's number refused. */
interface Committer {
  commit(writes: readonly PackedWrite[]): Promise<PackedWrite[]>;
  close(): Promise<void>;
}

function toSqlite(db: Database): Committer {
  const writer = createSqliteWriter(db);
  return {
    async commit(writes) {
      const refused = new Set(await writer.commit(writes.map(toSqliteWrite)));
      return refused.size === 0 ? [] : writes.filter((_, index) => refused.has(index));
    },
    close: writer.close,
  };
}

const toPostgres = (db: Database): Committer => ({
  commit: async (writes) => [...(await db.turn(() => commitToPostgres(db, writes)))],
  close: async () => undefined,
});
