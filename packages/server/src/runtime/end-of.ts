import { In, Not } from 'typeorm';
import { ExecutionEntity, type Database } from '../db/index.ts';
import { readError } from './execution-rows.ts';
import type { Callers } from './callers.ts';
import type { KeptAnswers } from './kept-answers.ts';
import { loadRuns } from './outputs/load-runs.ts';
import type { ExecutionEnd } from './runtime.types.ts';

/** Those that wait longest come first; the others are asked for when these have ended. */
const MAX_ASKED = 1000;

/**
 * Tells callers what was answered elsewhere and which executions ended: the message may have been
 * lost, or too large to send.
 */
export async function settleFromDatabase(
  db: Database,
  { callers, answers }: { callers: Callers; answers: KeptAnswers },
  ids: readonly string[],
): Promise<void> {
  const open = { id: In(ids.slice(0, MAX_ASKED)), status: Not(In(['new', 'running'])) };
  const rows = await db.source
    .getRepository(ExecutionEntity)
    .find({ where: open, select: { id: true }, take: 100 });
  // Looked for after the ends: an answer is stored before its execution's end.
  const asked = new Set(ids);
  const given = await answers.find(callers.unanswered().filter(({ id }) => asked.has(id)));
  for (const [id, response] of given) callers.respond(id, response);
  for (const { id } of rows) {
    const end = await readEnd(db, id);
    if (end) callers.settle(end);
  }
}

/** How an execution ended or why it pauses, as the database has it; `undefined` while it is open. */
async function readEnd(db: Database, id: string): Promise<ExecutionEnd | undefined> {
  const row = await db.source.getRepository(ExecutionEntity).findOneBy({ id });
  if (!row || row.status === 'new' || row.status === 'running') return undefined;
  return {
    id,
    status: row.status,
    lastNode: row.lastNode ?? undefined,
    error: readError(row.error),
    runs: await loadRuns(db, id),
  };
}
