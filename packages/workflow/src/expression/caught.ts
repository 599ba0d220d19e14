import { isMillraceError } from '../errors/index.ts';
import { ExpressionBudgetError } from './expression.errors.ts';
import { GuestError, NeedsCopies, Thrown } from './values.ts';

/**
 * What the expression's own `catch` gets for something thrown. Errors of the host become data first.
 *
 * @throws `error` itself when it is not the expression's to catch: limits, and our own signals.
 */
export function caughtValue(error: unknown): unknown {
  if (error instanceof Thrown) return error.value;
  if (
    error instanceof ExpressionBudgetError ||
    error instanceof NeedsCopies ||
    isStackOverflow(error)
  )
    throw error;
  if (isMillraceError(error)) return new GuestError('ExpressionError', error.message);
  return error instanceof Error
    ? new GuestError(error.name, error.message)
    : new GuestError('Error', 'failed');
}

/** Whether the host's own stack ran out. */
export const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError && error.message.startsWith('Maximum call stack');
