import type { WorkerInfo } from '@millrace/api';
import { In, IsNull, Not } from 'typeorm';
import {
  ExecutionEntity,
  ProcessEntity,
  WorkflowEntity,
  type Database,
  type ExecutionRow,
} from '../../db/index.ts';

export type WorkerService = ReturnType<typeof createWorkerService>;

/** Of each process at most so many executions are named. */
const MAX_NAMED = 1000;

/** The processes of the instance, as their rows tell. */
export function createWorkerService(
  db: Database,
  { leaseMs, now }: { readonly leaseMs: number; now(): number },
) {
  async function held(): Promise<Map<string | null, ExecutionRow[]>> {
    const rows = await db.source.getRepository(ExecutionEntity).find({
      where: {
        status: In(['new', 'running']),
        leaseOwner: Not(IsNull()),
        startedAt: Not(IsNull()),
        finishedAt: IsNull(),
      },
      select: { id: true, workflowId: true, startedAt: true, leaseOwner: true },
      order: { startedAt: 'ASC' },
      take: MAX_NAMED,
    });
    return Map.groupBy(rows, ({ leaseOwner }) => leaseOwner);
  }

  async function namesOf(rows: readonly ExecutionRow[]): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(rows.map(({ workflowId }) => workflowId))];
    const found = await db.source
      .getRepository(WorkflowEntity)
      .find({ where: { id: In(ids) }, select: { id: true, name: true } });
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  return {
    async list(): Promise<{ data: WorkerInfo[] }> {
      const processes = await db.source
        .getRepository(ProcessEntity)
        .find({ order: { startedAt: 'ASC' } });
      const byHolder = await held();
      const names = await namesOf([...byHolder.values()].flat());
      return {
        data: processes.map(({ startedAt, seenAt, ...about }) => ({
          ...about,
          startedAt: instant(startedAt),
          seenAt: instant(seenAt),
          isAlive: now() - Number(seenAt) <= leaseMs,
          executions: (byHolder.get(about.id) ?? []).map((row) => ({
            id: row.id,
            workflowId: row.workflowId,
            workflowName: names.get(row.workflowId) ?? '',
            startedAt: row.startedAt === null ? null : instant(row.startedAt),
          })),
        })),
      };
    },
  };
}

const instant = (at: number) => new Date(Number(at)).toISOString();
