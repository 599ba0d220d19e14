import type { Context } from '../context.ts';
import { ExpressionError } from '../expression.errors.ts';

/** What the editor shows of a method. */
export interface ExtensionDoc {
  readonly description: string;
  /** Parameter list as one would write it: `format?, locale = 'en-US'`. */
  readonly args?: string;
  readonly returns?: string;
  /** Works, but is not offered: older names kept for old workflows. */
  readonly isHidden?: boolean;
}

/** A data-transformation method of one type. */
export interface Extension<T> extends ExtensionDoc {
  run(context: Context, self: T, args: readonly unknown[]): unknown;
}

export type Extensions<T> = Readonly<Record<string, Extension<T>>>;

/** An error of an extension method, which reaches the user. */
export const extensionError = (
  message: string,
  fix = 'Check the value and the arguments',
  details: ExpressionError['details'] = {},
) => new ExpressionError(message, details, fix);
