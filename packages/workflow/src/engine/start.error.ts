import { MillraceError } from '../errors/index.ts';

/** Nothing in the workflow, or no node of the given name, can begin an execution. */
export class NoStartError extends MillraceError<{ workflow: string; node?: string }> {
  readonly code = 'ENGINE_NO_START';

  constructor(workflow: string, node?: string) {
    super(
      node === undefined
        ? 'No node to start the workflow from could be found'
        : `No node "${node}" to start workflow "${workflow}" from`,
      {
        details: { workflow, ...(node && { node }) },
        fix: 'Add a trigger, or enable the one there is',
      },
    );
  }
}
