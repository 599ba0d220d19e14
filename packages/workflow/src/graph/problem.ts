import type { ErrorCode } from '../errors/index.ts';

/** One thing wrong with a workflow, in words its author can act on. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fix: string;
  /** Name of the node it is about. */
  readonly node?: string;
  /** Where: a parameter path, or a key of the workflow such as `connections.If.main[0]`. */
  readonly field?: string;
  /** An `error` stops the workflow from running; a `warning` does not. */
  readonly severity: 'error' | 'warning';
}
