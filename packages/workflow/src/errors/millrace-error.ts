import { ERROR_CODES, type Blame, type ErrorCode } from './error-codes.ts';

interface ErrorParts<D> {
  readonly details: D;
  /** One imperative sentence a person can act on. */
  readonly fix?: string;
  readonly cause?: unknown;
}

const BRAND = Symbol.for('millrace.error');

/**
 * Base of every error Millrace throws on purpose.
 *
 * Test with {@link isMillraceError}, not `instanceof`: a community node may carry its own copy of
 * this package, and sandboxed code lives in another realm.
 */
export abstract class MillraceError<D extends object = object> extends Error {
  readonly [BRAND] = true;
  abstract readonly code: ErrorCode;
  readonly details: Readonly<D>;
  readonly fix: string | undefined;

  constructor(message: string, { details, fix, cause }: ErrorParts<D>) {
    super(message, { cause });
    this.name = new.target.name;
    this.details = details;
    this.fix = fix;
  }

  get blame(): Blame {
    return ERROR_CODES[this.code];
  }

  toJSON() {
    return { code: this.code, message: this.message, details: this.details, fix: this.fix };
  }
}

export const isMillraceError = (error: unknown): error is MillraceError =>
  typeof error === 'object' && error !== null && BRAND in error;
