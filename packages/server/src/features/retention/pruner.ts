import type { PruneResult, WorkflowRetention } from '@millrace/api';
import type { Clock } from '@millrace/workflow/ports';
import type { Database } from '../../db/index.ts';
import type { createDatabaseSize } from './database-size.ts';
import { createEndedExecutions, type Line, type Scope } from './ended-executions.ts';
import type { createRetentionRules } from './retention-rules.ts';

export interface PrunerOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly rules: ReturnType<typeof createRetentionRules>;
  readonly size: ReturnType<typeof createDatabaseSize>;
}

/** Few enough that a delete takes milliseconds. */
const BATCH = 50;
/** Rest after each batch, as a multiple of what it took: others get at least four fifths of the time. */
const REST = 4;
const DAY_MS = 24 * 60 * 60_000;
const MB = 1024 * 1024;

/** Deletes, in small steps with rests, what the rules let go. */
export function createPruner({ db, clock, rules, size }: PrunerOptions) {
  const ended = createEndedExecutions(db);
  const state: { current?: Promise<PruneResult> | undefined; isStopped: boolean } = {
    isStopped: false,
  };

  async function pruneAll(): Promise<PruneResult> {
    const before = await size.onDisk();
    const own = await rules.byWorkflow();
    const { maxSizeMb, ...common } = await rules.instance();
    let deleted = 0;
    for (const [workflow, rule] of own) deleted += await apply({ workflow }, rule);
    deleted += await apply({ allBut: [...own.keys()] }, common);
    if (maxSizeMb !== null) deleted += await shrinkTo(maxSizeMb * MB);
    if (deleted && !state.isStopped) await size.giveBack(() => rest(1));
    return {
      deletedExecutions: deleted,
      freedBytes: Math.max(0, before - (await size.onDisk())),
    };
  }

  async function apply(scope: Scope, { maxAgeDays, maxCount }: WorkflowRetention) {
    let deleted = 0;
    if (maxAgeDays !== null)
      deleted += await deleteTo(scope, { createdAt: clock.now() - maxAgeDays * DAY_MS, id: '' });
    if (maxCount !== null) {
      const line = await ended.lineAfterNewest(scope, maxCount);
      if (line) deleted += await deleteTo(scope, line);
    }
    return deleted;
  }

  /** As many of the oldest as hold, on average, what is too much. */
  async function shrinkTo(budgetBytes: number): Promise<number> {
    const used = await size.runData();
    if (used <= budgetBytes) return 0;
    const scope = { all: true } as const;
    const count = await ended.count(scope);
    const excess = Math.min(count, Math.ceil((count * (used - budgetBytes)) / used));
    const line = excess > 0 ? await ended.lineOfOldest(scope, excess) : undefined;
    return line ? deleteTo(scope, line) : 0;
  }

  async function deleteTo(scope: Scope, line: Line): Promise<number> {
    let deleted = 0;
    while (!state.isStopped) {
      const startedAt = performance.now();
      const count = await ended.deleteBatch(scope, line, BATCH);
      deleted += count;
      if (count < BATCH) break;
      await rest(performance.now() - startedAt);
    }
    return deleted;
  }

  const rest = (workedMs: number) => clock.sleep(Math.ceil(workedMs * REST));

  return {
    prune(): Promise<PruneResult> {
      state.current ??= pruneAll().finally(() => {
        state.current = undefined;
      });
      return state.current;
    },
    /** What is under way ends after its batch. */
    stop(): void {
      state.isStopped = true;
    },
  };
}
