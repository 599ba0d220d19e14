import type { Urgency } from './queue/queue.types.ts';
import type { LoadedWorkflow } from './workflow-cache.ts';

/** What somebody waits for goes first; otherwise the workflow's own setting counts. */
export function urgencyOf(
  { json }: LoadedWorkflow,
  { isAwaited }: { readonly isAwaited: boolean },
): Urgency {
  if (isAwaited) return 'high';
  const { priority } = json.settings ?? {};
  return priority === 'high' || priority === 'low' ? priority : 'normal';
}
