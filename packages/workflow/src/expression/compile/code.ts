import type { Context } from '../context.ts';
import type { Frame } from '../values.ts';

/** A compiled expression. */
export type Code = (frame: Frame, context: Context) => unknown;

/** How a statement ended, when not by running through. */
export interface Completion {
  readonly kind: 'return' | 'break' | 'continue';
  readonly label: string | undefined;
}

/** A compiled statement. A returned value waits in `context.returned`. */
export type Step = (frame: Frame, context: Context) => Completion | undefined;

/** Stores a value in a variable, member or pattern. */
export type Store = (frame: Frame, context: Context, value: unknown) => void;
