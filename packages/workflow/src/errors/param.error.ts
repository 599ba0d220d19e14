import { MillraceError } from './millrace-error.ts';

interface ParamErrorDetails {
  readonly path: string;
  readonly expected: string;
  readonly received: unknown;
  readonly reason: 'missing' | 'mismatch';
  readonly node?: string;
}

/** A parameter has no value, or its expression gave a value of another type. */
export class ParamError extends MillraceError<ParamErrorDetails> {
  readonly code = 'NODE_PARAM_INVALID';

  constructor(details: ParamErrorDetails) {
    const { path, expected, received, reason } = details;
    super(
      reason === 'missing'
        ? `Parameter "${path}" needs a value`
        : `Parameter "${path}" should be ${expected}, but is ${JSON.stringify(received)}`,
      { details, fix: `Open the node and set "${path}"` },
    );
  }
}
