import { isMillraceError } from '@millrace/workflow/errors';

import { EgressError } from './egress.error.ts';

/** Turns what undici, the socket or the resolver threw into one error that names host and reason. */
export function serviceError(
  error: unknown,
  { host, timeoutMs }: { readonly host: string; readonly timeoutMs: number },
): Error {
  const inner = innermostError(error);
  if (isMillraceError(inner)) return inner;
  if (inner.name === 'TimeoutError') {
    return new EgressError(
      `timeout of ${timeoutMs}ms exceeded`,
      { reason: 'ECONNABORTED', host },
      { fix: 'Raise the timeout on the node, or ask for less at once', cause: error },
    );
  }
  if (inner.name === 'AbortError') {
    return new EgressError(
      `The request to "${host}" was canceled`,
      { reason: 'ERR_CANCELED', host },
      { cause: error },
    );
  }
  const reason = 'code' in inner && typeof inner.code === 'string' ? inner.code : 'ERR_NETWORK';
  return new EgressError(
    inner.message || `The request to "${host}" failed (${reason})`,
    { reason, host },
    { fix: `Check that "${host}" is right and can be reached from this machine`, cause: error },
  );
}

function innermostError(error: unknown): Error {
  if (error instanceof AggregateError && error.errors.length > 0)
    return innermostError(error.errors[0]);
  if (error instanceof Error) {
    return isMillraceError(error.cause) ? error.cause : error;
  }
  return new Error(String(error));
}
