import { MillraceError } from './millrace-error.ts';

interface NodeErrorDetails {
  readonly node: string;
  readonly itemIndex?: number;
  readonly description?: string;
}

/** A node could not do its work on what it was given. */
export class NodeError extends MillraceError<NodeErrorDetails> {
  readonly code = 'NODE_FAILED';

  constructor(
    message: string,
    details: NodeErrorDetails,
    options: { fix?: string; cause?: unknown } = {},
  ) {
    super(message, { details, ...options });
  }
}
