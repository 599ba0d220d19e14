import { MillraceError } from '@millrace/workflow/errors';

/** Nobody is signed in, or the key is not known. */
export class UnauthenticatedError extends MillraceError {
  readonly code = 'ACCESS_UNAUTHENTICATED';

  constructor(message = 'This needs a signed-in user or an API key') {
    super(message, {
      details: {},
      fix: 'Sign in, or send "Authorization: Bearer KEY" with a key from Settings, API keys',
    });
  }
}

/** The caller is known, but lacks a scope. */
export class AccessDeniedError extends MillraceError<{ needs: string }> {
  readonly code = 'ACCESS_DENIED';

  constructor(needs: string) {
    super(`This needs the right "${needs}", which you do not have`, {
      details: { needs },
      fix: 'Ask an owner of this instance for it',
    });
  }
}

/** Too many requests from one address, or with one API key. */
export class RateLimitedError extends MillraceError<{ retryAfterSeconds: number }> {
  readonly code = 'ACCESS_RATE_LIMITED';

  constructor(retryAfterSeconds: number) {
    super(`Too many requests. Wait ${retryAfterSeconds} seconds`, {
      details: { retryAfterSeconds },
      fix: 'Wait, then try again',
    });
  }
}
