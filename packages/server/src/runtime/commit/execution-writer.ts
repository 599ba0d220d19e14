import type { Database } from '../../db/index.ts';
import { LeaseLostError } from '../lease-lost.error.ts';
import type { ExecutionWrite } from './execution-write.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { commitToPostgres } from './postgres-commit.ts';
import { commitToSqlite } from './sqlite-commit.ts';

/** Group commit for executions and their journal, on either database. */
export function createExecutionWriter(db: Database): GroupCommit<ExecutionWrite> {
  const commit = db.dialect === 'sqlite' ? commitToSqlite : commitToPostgres;
  return createGroupCommit<ExecutionWrite>({
    async commit(writes) {
      const lost = await db.transaction((manager) => commit(manager, writes));
      return new Map([...lost].map((write) => [write, new LeaseLostError(write.id)]));
    },
  });
}
