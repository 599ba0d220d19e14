import { MillraceError } from '@millrace/workflow/errors';
import type { ExecutionEnd } from './runtime.types.ts';

/** A called workflow could not be run, or failed. */
export class SubworkflowError extends MillraceError<{ workflow: string; executionId?: string }> {
  readonly code = 'NODE_FAILED';

  constructor(workflow: string, end?: ExecutionEnd, reason?: string) {
    super(
      end
        ? (end.error?.message ?? `Workflow "${workflow}" ended as ${end.status}`)
        : (reason ?? 'Workflow is not active and cannot be executed'),
      {
        details: { workflow, ...(end && { executionId: end.id }) },
        fix: end
          ? 'Open the called execution to see what happened'
          : 'Publish the workflow that is called',
      },
    );
  }
}
