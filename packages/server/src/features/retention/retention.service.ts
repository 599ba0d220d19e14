import type { PruneResult, Retention, RetentionRules, WorkflowRetention } from '@millrace/api';
import { In, IsNull, Not } from 'typeorm';
import { ExecutionEntity, WorkflowEntity } from '../../db/index.ts';
import type { Caller } from '../../platform/index.ts';
import { repeat, sweepBlobs, type Runtime } from '../../runtime/index.ts';
import type { WorkflowService } from '../workflows/index.ts';
import { createDatabaseSize } from './database-size.ts';
import { createPruner } from './pruner.ts';
import { createRetentionRules } from './retention-rules.ts';

export type RetentionService = ReturnType<typeof createRetentionService>;

const EVERY_MS = 5 * 60_000;
const SHOWN_WORKFLOWS = 20;

/** How long executions are kept, what they take up, and their deletion. */
export function createRetentionService({
  runtime,
  workflows,
}: {
  readonly runtime: Runtime;
  readonly workflows: WorkflowService;
}) {
  const { db, clock, logger } = runtime.options;
  const rules = createRetentionRules(db);
  const size = createDatabaseSize(db);
  const pruner = createPruner({ db, clock, rules, size });
  const stops: (() => Promise<void>)[] = [];

  async function meter(): Promise<Retention['meter']> {
    const table = db.source.getRepository(ExecutionEntity);
    const { onDisk, free } = await size.measure();
    const counts = await countByWorkflow();
    const [oldest] = await table.find({
      where: { finishedAt: Not(IsNull()) },
      order: { createdAt: 'ASC' },
      take: 1,
      select: { id: true, createdAt: true },
    });
    return {
      databaseBytes: onDisk,
      freeBytes: free,
      executions: counts.reduce((sum, { executions }) => sum + executions, 0),
      oldest: oldest ? new Date(Number(oldest.createdAt)).toISOString() : null,
      workflows: await named(counts.slice(0, SHOWN_WORKFLOWS)),
    };
  }

  /** The largest first. Each execution is counted, in one go through an index. */
  async function countByWorkflow(): Promise<readonly { id: string; executions: number }[]> {
    const counts: { id: string; executions: number | string }[] = await db.source
      .getRepository(ExecutionEntity)
      .createQueryBuilder('e')
      .select('e.workflowId', 'id')
      .addSelect('COUNT(*)', 'executions')
      .groupBy('e.workflowId')
      .orderBy('COUNT(*)', 'DESC')
      .getRawMany();
    return counts.map(({ id, executions }) => ({ id, executions: Number(executions) }));
  }

  async function named(
    counts: readonly { id: string; executions: number }[],
  ): Promise<Retention['meter']['workflows']> {
    const rows = await db.source
      .getRepository(WorkflowEntity)
      .find({ where: { id: In(counts.map(({ id }) => id)) }, select: { id: true, name: true } });
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    return counts.map(({ id, executions }) => ({ id, name: names.get(id) ?? '', executions }));
  }

  /** Deletes what the rules let go, then files nobody refers to any more. */
  async function tidy(): Promise<void> {
    const { deletedExecutions } = await pruner.prune();
    if (deletedExecutions) logger.info('Old executions deleted', { deletedExecutions });
    const { deleted, bytes } = await sweepBlobs(db, runtime.blobs, clock.now());
    if (deleted) logger.info('Files nobody refers to deleted', { files: deleted, bytes });
  }

  return {
    async state(): Promise<Retention> {
      return {
        rules: await rules.instance(),
        workflows: Object.fromEntries(await rules.byWorkflow()),
        meter: await meter(),
      };
    },
    async save(changed: RetentionRules): Promise<RetentionRules> {
      await rules.save(changed);
      return changed;
    },
    async saveFor(caller: Caller, workflowId: string, changed: WorkflowRetention) {
      await workflows.find(caller, workflowId, 'editor');
      await rules.saveFor(workflowId, changed);
      return changed;
    },
    async removeFor(caller: Caller, workflowId: string): Promise<void> {
      await workflows.find(caller, workflowId, 'editor');
      await rules.removeFor(workflowId);
    },
    /** Deletes what the rules let go. Calls while one is under way share it. */
    prune: (): Promise<PruneResult> => pruner.prune(),
    tidy,
    /** Tidies every few minutes. */
    start(): void {
      stops.push(repeat('Pruning', { everyMs: EVERY_MS, logger, work: tidy }));
    },
    async close(): Promise<void> {
      pruner.stop();
      await Promise.all(stops.splice(0).map((stop) => stop()));
    },
  };
}
