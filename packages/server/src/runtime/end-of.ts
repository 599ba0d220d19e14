import { In, Not } from 'typeorm';
import { ExecutionEntity, ExecutionRunEntity, type Database } from '../db/index.ts';
import { readError, readRun } from './execution-rows.ts';
import type { Callers } from './callers.ts';
import type { ExecutionEnd } from './runtime.types.ts';

/** Tells callers of executions that ended elsewhere: the message may have been lost, or too large to send. */
export async function settleFromDatabase(
  db: Database,
  callers: Callers,
  ids: readonly string[],
): Promise<void> {
  const open = { id: In([...ids]), status: Not(In(['new', 'running'])) };
  const rows = await db.source
    .getRepository(ExecutionEntity)
    .find({ where: open, select: { id: true }, take: 100 });
  for (const { id } of rows) {
    const end = await readEnd(db, id);
    if (end) callers.settle(end);
  }
}

/** How an execution ended or why it pauses, as the database has it; `undefined` while it is open. */
async function readEnd(db: Database, id: string): Promise<ExecutionEnd | undefined> {
  const row = await db.source.getRepository(ExecutionEntity).findOneBy({ id });
  if (!row || row.status === 'new' || row.status === 'running') return undefined;
  const runs = await db.source
    .getRepository(ExecutionRunEntity)
    .find({ where: { executionId: id }, order: { seq: 'ASC' } });
  return {
    id,
    status: row.status,
    lastNode: row.lastNode ?? undefined,
    error: readError(row.error),
    runs: runs.map(readRun),
  };
}
