import type { LlmUsageRow } from '@millrace/api';
import type { LlmUsage } from '@millrace/workflow/ports';
import { LlmCallEntity, newId, type Database } from '../../db/index.ts';
import type { Caller } from '../../platform/index.ts';
import type { ProjectService } from '../projects/index.ts';

const DAY_MS = 24 * 3_600_000;

/** Whose call it is. */
export interface LlmAccount {
  readonly projectId: string;
  readonly workflowId: string;
  readonly executionId: string;
  readonly node: string;
}

interface UsageQuery {
  readonly projectId: string;
  readonly workflowId?: string;
  readonly from?: string;
  readonly to?: string;
}

export type UsageService = ReturnType<typeof createUsageService>;

/** What was asked of models and what it cost: one row per call, never changed. */
export function createUsageService(
  db: Database,
  projects: ProjectService,
  now: () => number = Date.now,
) {
  const calls = db.source.getRepository(LlmCallEntity);

  return {
    async record(
      account: LlmAccount,
      call: { readonly model: string; readonly usage: LlmUsage; readonly cost: number | null },
    ): Promise<void> {
      const { model, usage, cost } = call;
      const row = { id: newId(now()), at: now(), ...account, model, ...usage, cost };
      await db.transaction((manager) => manager.insert(LlmCallEntity, row));
    },

    /** US dollars since a moment. @param of - An empty `workflowId` counts the whole project. */
    async spentSince(
      since: number,
      of: { readonly projectId: string; readonly workflowId: string },
    ): Promise<number> {
      const query = calls
        .createQueryBuilder('call')
        .select('SUM(call.cost)', 'spent')
        .where('call.projectId = :projectId AND call.at >= :since', { ...of, since });
      if (of.workflowId) query.andWhere('call.workflowId = :workflowId', of);
      const row = await query.getRawOne<{ spent: number | null }>();
      return Number(row?.spent ?? 0);
    },

    /** Calls added up per UTC day, workflow and model; the last 30 days when nothing else is asked. */
    async summary(caller: Caller, asked: UsageQuery): Promise<{ data: LlmUsageRow[] }> {
      const { projectId, workflowId } = asked;
      await projects.require(caller, projectId, 'viewer', { kind: 'project', id: projectId });
      const to = asked.to === undefined ? now() : Date.parse(asked.to);
      const from = asked.from === undefined ? to - 30 * DAY_MS : Date.parse(asked.from);
      const query = calls
        .createQueryBuilder('call')
        .select(`call.at - call.at % ${DAY_MS}`, 'day')
        .addSelect('call.workflowId', 'workflowId')
        .addSelect('call.model', 'model')
        .addSelect('COUNT(*)', 'calls')
        .addSelect('SUM(call.inputTokens)', 'inputTokens')
        .addSelect('SUM(call.outputTokens)', 'outputTokens')
        .addSelect('SUM(call.cost)', 'cost')
        .addSelect('COUNT(*) - COUNT(call.cost)', 'unpricedCalls')
        .where('call.projectId = :projectId AND call.at >= :from AND call.at <= :to', {
          projectId,
          from,
          to,
        })
        .groupBy('1, 2, 3')
        .orderBy('1')
        .limit(10_000);
      if (workflowId !== undefined) query.andWhere('call.workflowId = :workflowId', { workflowId });
      const rows = await query.getRawMany<Record<string, unknown>>();
      return { data: rows.map(toUsage) };
    },
  };
}

const toUsage = (row: Record<string, unknown>): LlmUsageRow => ({
  day: new Date(Number(row['day'])).toISOString().slice(0, 10),
  workflowId: String(row['workflowId']),
  model: String(row['model']),
  calls: Number(row['calls']),
  inputTokens: Number(row['inputTokens']),
  outputTokens: Number(row['outputTokens']),
  cost: Number(row['cost'] ?? 0),
  unpricedCalls: Number(row['unpricedCalls']),
});
