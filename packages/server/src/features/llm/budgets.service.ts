import type { LlmBudget, LlmBudgetInput } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import { In } from 'typeorm';
import {
  LlmBudgetEntity,
  newId,
  WorkflowEntity,
  type Database,
  type LlmBudgetRow,
} from '../../db/index.ts';
import type { Caller } from '../../platform/index.ts';
import type { ProjectService } from '../projects/index.ts';
import { LlmBudgetError } from './llm.error.ts';
import type { UsageService } from './usage.service.ts';

const WARN_AT = 0.8;

interface BudgetOptions {
  readonly db: Database;
  readonly projects: ProjectService;
  readonly usage: UsageService;
  readonly now?: () => number;
}

export type BudgetService = ReturnType<typeof createBudgetService>;

/** Limits on what models may cost. Calls under way when one is reached still end: it may be passed by those. */
export function createBudgetService({ db, projects, usage, now = Date.now }: BudgetOptions) {
  const rows = db.source.getRepository(LlmBudgetEntity);

  const spentOf = ({ projectId, workflowId, period }: LlmBudgetRow) =>
    usage.spentSince(periodStart(period, now()), { projectId, workflowId });

  const show = async (row: LlmBudgetRow): Promise<LlmBudget> => ({
    ...row,
    workflowId: row.workflowId || null,
    spent: await spentOf(row),
  });

  return {
    /** @returns a warning when a budget is nearly used up. @throws {LlmBudgetError} when one is. */
    async check(projectId: string, workflowId: string): Promise<string | undefined> {
      const found = await rows.findBy({ projectId, workflowId: In(['', workflowId]) });
      let warning: string | undefined;
      for (const row of found) {
        const { period, limit, warnAt } = row;
        const spent = await spentOf(row);
        const scope = row.workflowId ? 'workflow' : 'project';
        if (spent >= limit) throw new LlmBudgetError({ scope, period, limit, spent });
        if (spent >= limit * warnAt)
          warning = `The ${scope} has spent $${spent.toFixed(2)} of its $${limit.toFixed(2)} for models this ${period}`;
      }
      return warning;
    },

    async list(caller: Caller, projectId: string): Promise<{ data: LlmBudget[] }> {
      await projects.require(caller, projectId, 'viewer', { kind: 'project', id: projectId });
      const found = await rows.find({ where: { projectId }, order: { workflowId: 'ASC' } });
      return { data: await Promise.all(found.map(show)) };
    },

    async set(caller: Caller, input: LlmBudgetInput): Promise<LlmBudget> {
      const { projectId, workflowId = '', period, limit, warnAt = WARN_AT } = input;
      await projects.require(caller, projectId, 'admin', { kind: 'project', id: projectId });
      const row = await db.transaction(async (manager) => {
        const isKnown =
          workflowId === '' ||
          (await manager.existsBy(WorkflowEntity, { id: workflowId, projectId }));
        if (!isKnown) throw new NotFoundError('workflow', workflowId);
        const place = { projectId, workflowId, period };
        const old = await manager.findOneBy(LlmBudgetEntity, place);
        const fresh = { id: old?.id ?? newId(now()), ...place, limit, warnAt };
        await manager.save(LlmBudgetEntity, fresh);
        return fresh;
      });
      return show(row);
    },

    async remove(caller: Caller, id: string): Promise<void> {
      const row = await rows.findOneBy({ id });
      if (!row) throw new NotFoundError('budget', id);
      await projects.require(caller, row.projectId, 'admin', { kind: 'budget', id });
      await db.transaction((manager) => manager.delete(LlmBudgetEntity, { id }));
    },
  };
}

/** The first moment of the day or month, in UTC. */
function periodStart(period: 'day' | 'month', at: number): number {
  const date = new Date(at);
  const day = period === 'day' ? date.getUTCDate() : 1;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day);
}
