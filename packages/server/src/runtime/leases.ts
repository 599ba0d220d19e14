import { In, IsNull, LessThan, LessThanOrEqual, Not } from 'typeorm';
import type { Batch } from '@millrace/workflow/items';
import type { Clock } from '@millrace/workflow/ports';
import {
  ExecutionEntity,
  ExecutionRunEntity,
  newId,
  type Database,
  type ExecutionRow,
} from '../db/index.ts';
import { readBatches, readRun } from './execution-rows.ts';
import { newJob, type Job } from './job.ts';
import type { AcceptRequest } from './runtime.types.ts';
import type { LoadedWorkflow, WorkflowCache } from './workflow-cache.ts';

/** Who may advance an execution, as rows say it. Each claim raises the fencing number. */
export interface Leases {
  readonly owner: string;
  /** A lease from now on. */
  next(): { owner: string; until: number };
  /** Extends the leases of what this process holds. What it has let go of, others may take. */
  renew(held: readonly string[]): Promise<void>;
  /** Claims what nobody holds any more. @param all - Also what other holders have: they are dead. */
  claimAbandoned(options?: { all?: boolean }): Promise<Job[]>;
  claimDue(): Promise<Job[]>;
  claimWaiting(id: string, call: ResumeCall): Promise<Job | undefined>;
  /** Ends an execution whoever holds it. False when it had ended. */
  cancel(id: string): Promise<boolean>;
}

/** What goes on with a paused execution: what its waiting node puts out, and who hears an answer. */
interface ResumeCall {
  readonly outputs?: readonly Batch[] | undefined;
  readonly respond?: AcceptRequest['respond'] | undefined;
}

const LEASE_MS = 30_000;
const BATCH = 200;
const OPEN: ExecutionRow['status'][] = ['new', 'running'];

export function createLeases(
  db: Database,
  { clock, workflows }: { clock: Clock; workflows: WorkflowCache },
): Leases {
  const owner = newId(clock.now());
  const table = () => db.source.getRepository(ExecutionEntity);
  const next = () => ({ owner, until: clock.now() + LEASE_MS });

  /** Takes one over; `undefined` when somebody else was quicker. */
  async function claim(row: ExecutionRow, call: ResumeCall = {}): Promise<Job | undefined> {
    const { until } = next();
    const status = row.status === 'waiting' ? ('running' as const) : row.status;
    const change = { status, leaseOwner: owner, leaseUntil: until, fence: row.fence + 1 };
    const { affected } = await db.transaction((manager) =>
      manager
        .getRepository(ExecutionEntity)
        .update({ id: row.id, fence: row.fence, status: row.status }, change),
    );
    return affected === 1 ? toJob({ ...row, ...change }, row.status, call) : undefined;
  }

  async function toJob(
    row: ExecutionRow,
    was: ExecutionRow['status'],
    { outputs, respond }: ResumeCall,
  ): Promise<Job> {
    const runs = await db.source
      .getRepository(ExecutionRunEntity)
      .find({ where: { executionId: row.id }, order: { seq: 'ASC' } });
    const startOutputs = readBatches(row.triggerData);
    return newJob({
      row,
      workflow: await workflowOf(row),
      start:
        row.startNode === null
          ? undefined
          : { node: row.startNode, ...(startOutputs && { outputs: startOutputs }) },
      history: runs.map(readRun),
      resume: was === 'waiting' ? (outputs ? { outputs } : {}) : undefined,
      stored: Promise.resolve(),
      ...(respond && { respond }),
    });
  }

  async function workflowOf(row: ExecutionRow): Promise<LoadedWorkflow> {
    if (row.versionId !== null) return workflows.version(row.versionId);
    return workflows.snapshot(row.workflowId, JSON.parse(row.snapshot ?? '{}'));
  }

  async function claimAll(rows: readonly ExecutionRow[]): Promise<Job[]> {
    const jobs: Job[] = [];
    for (const row of rows) {
      const job = await claim(row);
      if (job) jobs.push(job);
    }
    return jobs;
  }

  return {
    owner,
    next,
    async renew(held) {
      const { until: leaseUntil } = next();
      for (let from = 0; from < held.length; from += BATCH) {
        const id = In(held.slice(from, from + BATCH));
        const where = { id, leaseOwner: owner, status: In(OPEN) };
        await db.transaction((manager) =>
          manager.getRepository(ExecutionEntity).update(where, { leaseUntil }),
        );
      }
    },
    async claimAbandoned({ all = false } = {}) {
      const status = In(OPEN);
      const where = all
        ? [
            { status, leaseOwner: Not(owner) },
            { status, leaseOwner: IsNull() },
          ]
        : [
            { status, leaseUntil: LessThan(clock.now()) },
            { status, leaseUntil: IsNull() },
          ];
      return claimAll(await table().find({ where, order: { createdAt: 'ASC' }, take: BATCH }));
    },
    async claimDue() {
      const where = { status: 'waiting' as const, waitUntil: LessThanOrEqual(clock.now()) };
      return claimAll(await table().find({ where, order: { waitUntil: 'ASC' }, take: BATCH }));
    },
    async claimWaiting(id, call) {
      const row = await table().findOneBy({ id, status: 'waiting' });
      return row ? claim(row, call) : undefined;
    },
    async cancel(id) {
      const { affected } = await db.transaction((manager) =>
        manager
          .createQueryBuilder()
          .update(ExecutionEntity)
          .set({
            status: 'canceled',
            finishedAt: clock.now(),
            leaseOwner: null,
            leaseUntil: null,
            waitUntil: null,
            fence: () => '"fence" + 1',
          })
          .where({ id, status: In([...OPEN, 'waiting']) })
          .execute(),
      );
      return affected === 1;
    },
  };
}
