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

/** Group commit for executions and their journal, on either database. */
export function createExecutionWriter(db: Database): ExecutionWriter {
  const { commit, close } = db.dialect === 'sqlite' ? toSqlite(db) : toPostgres(db);
  const group = createGroupCommit<PackedWrite>({
    async commit(writes) {
      const lost = await commit(writes);
      return new Map(lost.map((write) => [write, new LeaseLostError(write.id)]));
    },
  });
  return {
    add(write) {
      const packed = pack(write);
      return packed instanceof Promise ? packed.then(group.add) : group.add(packed);
    },
    flush: group.flush,
    get waiting() {
      return group.waiting;
    },
    async close() {
      await group.flush();
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
