import type { RateLimit } from '@millrace/workflow/graph';
import type { LimitName } from '../../db/index.ts';
import type { OwnLimits } from './limits-of.ts';

/** What is known when an execution asks for its place. Instants by the database's time. */
export interface Facts {
  readonly now: number;
  /** Executions of its workflow under way, and those of its key. */
  readonly running: number;
  readonly runningOfKey: number;
  /** One of its key came before it and waits. */
  readonly isBehindOwnKey: boolean;
  /** What the workflow's limits hold back already, of whatever key. */
  readonly aheadOfAll: LimitName | undefined;
  /** The start that has to leave the window before another may come; undefined with room in it. */
  readonly oldestStart: number | undefined;
  readonly oldestStartOfKey: number | undefined;
}

/** It may begin, or what holds it back, and until when if that is known. */
export type Admission =
  | { readonly type: 'enter' }
  | { readonly type: 'wait'; readonly limit: LimitName; readonly until?: number };

/**
 * Decides about one execution. Its key comes first: one that its key holds back must not keep others
 * from places of the workflow. One that only the workflow holds back goes before all younger ones.
 *
 * @param isStart - False when it goes on after a pause: it started before, so rates do not count it again.
 */
export function admit({ all, key }: OwnLimits, facts: Facts, isStart: boolean): Admission {
  if (facts.isBehindOwnKey) return wait('order');
  if (isFull(key?.maxConcurrency, facts.runningOfKey)) return wait('key-concurrency');
  const keyUntil = isStart ? busyUntil(key?.rate, facts.oldestStartOfKey, facts.now) : undefined;
  if (keyUntil !== undefined) return wait('key-rate', keyUntil);

  const isAnyOfAll = all.maxConcurrency !== undefined || all.rate !== undefined;
  if (isAnyOfAll && facts.aheadOfAll) return wait(facts.aheadOfAll);
  if (isFull(all.maxConcurrency, facts.running)) return wait('workflow-concurrency');
  const until = isStart ? busyUntil(all.rate, facts.oldestStart, facts.now) : undefined;
  return until === undefined ? { type: 'enter' } : wait('workflow-rate', until);
}

const wait = (limit: LimitName, until?: number): Admission => ({
  type: 'wait',
  limit,
  ...(until !== undefined && { until }),
});

const isFull = (max: number | undefined, running: number) => max !== undefined && running >= max;

function busyUntil(rate: RateLimit | undefined, oldest: number | undefined, now: number) {
  if (!rate || oldest === undefined) return undefined;
  const until = oldest + rate.periodSeconds * 1000;
  return until > now ? until : undefined;
}
