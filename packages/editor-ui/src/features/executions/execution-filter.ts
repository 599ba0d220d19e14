import type { ExecutionFilter as ApiFilter, ExecutionStatus } from '@millrace/api';
import type { ExecutionFilter } from './executions.store.ts';

export const executionStatuses = [
  'running',
  'waiting',
  'success',
  'error',
  'canceled',
  'new',
] as const satisfies readonly ExecutionStatus[];

/** How far back a list goes, in hours. */
export const agesHours = { hour: 1, day: 24, week: 168, month: 720 } as const;
export type Age = keyof typeof agesHours;
export const ages = ['hour', 'day', 'week', 'month'] as const satisfies readonly Age[];

/** The filter that an address asks for, as in `?status=error&workflow=ID&q=ada`. Anything else is left out. */
export function filterOf(query: Readonly<Record<string, unknown>>): ExecutionFilter {
  const { status, workflow, q, age } = query;
  return {
    status: executionStatuses.find((known) => known === status),
    workflowId: typeof workflow === 'string' ? workflow : undefined,
    words: typeof q === 'string' && q.trim() !== '' ? q.trim() : undefined,
    age: ages.find((known) => known === age),
  };
}

/**
 * What the server is asked for. Words such as `email=ada@example.com` ask for what an execution noted about
 * itself (custom execution data); others are looked for in its run data.
 *
 * @param now - ms since the epoch.
 */
export function queryOf(
  { status, workflowId, words, age }: ExecutionFilter,
  now: number,
): ApiFilter {
  const noted = /^([A-Za-z0-9_]{1,50})=(.*)$/.exec(words ?? '');
  const [, customKey, customValue] = noted ?? [];
  return {
    ...(status && { status }),
    ...(workflowId && { workflowId }),
    ...(age && { since: new Date(now - agesHours[age] * 3_600_000).toISOString() }),
    ...(customKey && { customKey, ...(customValue && { customValue }) }),
    ...(words && !noted && { text: words.slice(0, 200) }),
  };
}
