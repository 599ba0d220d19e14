import { MillraceError } from '@millrace/workflow/errors';
import type { Problem } from '@millrace/workflow/graph';

/** A workflow that would not run. */
export class WorkflowInvalidError extends MillraceError<{ problems: readonly Problem[] }> {
  readonly code = 'GRAPH_INVALID';

  constructor(problems: readonly Problem[]) {
    const [first] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    super(`The workflow cannot be published: ${first?.message ?? 'it is not valid'}${more}`, {
      details: { problems },
      fix: first?.fix ?? 'Open the workflow and look at the nodes marked red',
    });
  }
}
