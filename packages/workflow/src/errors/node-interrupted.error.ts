import { MillraceError } from './millrace-error.ts';

/** The process died while a node ran, and the node may not be repeated unasked. */
export class NodeInterruptedError extends MillraceError<{ node: string }> {
  readonly code = 'NODE_INTERRUPTED';

  constructor(node: string) {
    super(`The process ended while "${node}" ran: it may or may not have done its work`, {
      details: { node },
      fix: 'Look at what the node wrote to, then repeat it or let it fail',
    });
  }
}
