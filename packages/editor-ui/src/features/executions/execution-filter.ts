import type { ExecutionStatus } from '@millrace/api';
import type { ExecutionFilter } from './executions.store.ts';

export const executionStatuses = [
  'running',
  'waiting',
  'success',
  'error',
  'canceled',
  'new',
] as const satisfies readonly ExecutionStatus[];

/** The filter that an address asks for, as in `?status=error&workflow=ID`. Anything else is left out. */
export function filterOf(query: Readonly<Record<string, unknown>>): ExecutionFilter {
  const { status, workflow } = query;
  return {
    status: executionStatuses.find((known) => known === status),
    workflowId: typeof workflow === 'string' ? workflow : undefined,
  };
}
