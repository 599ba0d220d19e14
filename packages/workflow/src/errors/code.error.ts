import { MillraceError } from './millrace-error.ts';

interface CodeErrorDetails {
  readonly reason: 'threw' | 'timeout' | 'memory' | 'crash' | 'canceled' | 'refused';
  /** What the code threw calls itself, such as `ReferenceError`. */
  readonly thrown?: string;
  /** In the user's own code, 1-based. */
  readonly line?: number;
  readonly itemIndex?: number;
  readonly description?: string;
  readonly logs?: readonly { readonly level: string; readonly text: string }[];
}

/** User code threw, broke a limit, or took its process down. Only this attempt has failed. */
export class CodeError extends MillraceError<CodeErrorDetails> {
  readonly code = 'NODE_CODE_FAILED';

  constructor(
    message: string,
    details: CodeErrorDetails,
    options: { fix?: string; cause?: unknown } = {},
  ) {
    super(message, { details, ...options });
  }
}
