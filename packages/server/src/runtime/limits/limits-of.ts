import type { KeyLimit, Limit, WorkflowLimits } from '@millrace/workflow/graph';
import type { ExecutionRow } from '../../db/index.ts';

/** What one execution has to keep to. */
export interface OwnLimits {
  readonly all: Limit;
  readonly key: (KeyLimit & { readonly value: string }) | undefined;
}

/**
 * The limits of an execution; `undefined` when nothing holds it back. What a person tries out in the
 * editor passes them by. An execution without a key is held by the limits of its workflow alone.
 */
export function limitsOf(
  { mode, limitKey }: Pick<ExecutionRow, 'mode' | 'limitKey'>,
  limits: WorkflowLimits | undefined,
): OwnLimits | undefined {
  if (!limits || mode === 'manual') return undefined;
  const { all, perKey } = limits;
  const key = perKey && limitKey !== null ? { ...perKey, value: limitKey } : undefined;
  const isAny = key !== undefined || all.maxConcurrency !== undefined || all.rate !== undefined;
  return isAny ? { all, key } : undefined;
}

/** One that has not begun, or goes on after a pause: it needs a place. Others have theirs. */
export const needsPlace = ({ status, waitNode }: Pick<ExecutionRow, 'status' | 'waitNode'>) =>
  status === 'new' || (status === 'running' && waitNode !== null);
