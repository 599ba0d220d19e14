import { IsNull, LessThan, LessThanOrEqual, MoreThan, type FindOptionsWhere } from 'typeorm';
import type { Clock } from '@millrace/workflow/ports';
import { ExecutionEntity, type Database, type ExecutionRow } from '../db/index.ts';
import type { LeaseClock } from './lease-clock.ts';
import type { QueueEntry } from './queue/queue.types.ts';

/** What stands in the database and nobody works on. */
export interface OpenWork {
  /** Held by somebody who has not been heard of for as long as the lease. */
  expired(): Promise<QueueEntry[]>;
  /** Pauses whose time has come. */
  due(): Promise<QueueEntry[]>;
  /** Held by nobody and by no limit, oldest first, from after `id` on: what queues should know of. */
  unheld(after?: string): Promise<QueueEntry[]>;
}

export const PAGE = 500;

/** Said although the status implies it: the index of open executions holds no others. */
const open = { finishedAt: IsNull() };

export function createOpenWork(
  db: Database,
  { clock, leaseClock }: { clock: Clock; leaseClock: LeaseClock },
): OpenWork {
  async function find(
    where: FindOptionsWhere<ExecutionRow> | FindOptionsWhere<ExecutionRow>[],
  ): Promise<QueueEntry[]> {
    const rows = await db.source.getRepository(ExecutionEntity).find({
      where,
      select: { id: true, fence: true, mode: true },
      order: { id: 'ASC' },
      take: PAGE,
    });
    return rows.map(({ id, fence, mode }) => ({
      id,
      fence,
      urgency: mode === 'manual' ? 'high' : 'normal',
    }));
  }

  return {
    expired() {
      const leaseUntil = LessThan(leaseClock.now());
      return find([
        { status: 'new', leaseUntil, ...open },
        { status: 'running', leaseUntil, ...open },
      ]);
    },
    due: () => find({ status: 'waiting', waitUntil: LessThanOrEqual(clock.now()) }),
    unheld(after = '') {
      const unheld = { leaseOwner: IsNull(), limitedBy: IsNull(), id: MoreThan(after), ...open };
      return find([
        { status: 'new', ...unheld },
        { status: 'running', ...unheld },
      ]);
    },
  };
}
