import { isMillraceError } from '@millrace/workflow/errors';
import type { Clock } from '@millrace/workflow/ports';
import { LlmServiceError } from './llm.error.ts';

/** Tries of the last model in the chain when the service is busy; the others are passed over at once. */
const LAST_TRIES = 3;
const MAX_WAIT_MS = 60_000;

/**
 * Asks models in order until one answers. A busy, broken or slow one is passed over; the last is
 * asked again, after as long as the service wants. What asking again cannot mend ends it at once.
 *
 * @throws {LlmServiceError} of the last model, naming what was tried before.
 */
export async function askInOrder<Answer>(
  models: readonly string[],
  ask: (model: string) => Promise<Answer>,
  { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal | undefined },
): Promise<{ readonly model: string; readonly answer: Answer }> {
  const tried: string[] = [];
  const last = models.length - 1;
  for (const [index, model] of models.entries()) {
    const tries = index === last ? LAST_TRIES : 1;
    for (let attempt = 1; attempt <= tries; attempt++) {
      try {
        return { model, answer: await ask(model) };
      } catch (error) {
        signal?.throwIfAborted();
        const failure = await failureOf(error);
        if (!failure) throw error;
        const isLast = index === last && attempt === tries;
        if (!failure.isPassing || isLast) throw toServiceError(error, model, failure, tried);
        tried.push(`${model}: ${failure.reason}`);
        if (index === last) await clock.sleep(failure.waitMs ?? 1000 * 2 ** (attempt - 1), signal);
      }
    }
  }
  throw new LlmServiceError('No model to ask', {
    details: { model: '', status: null, reason: 'no model', tried },
    fix: 'Name a model on the node, or list models in the credential',
  });
}

interface Failure {
  readonly reason: string;
  readonly status: number | null;
  /** Another model, or the same one later, may answer. */
  readonly isPassing: boolean;
  readonly waitMs?: number;
}

/** `undefined` for what is not the service's: our own errors, bugs. */
async function failureOf(error: unknown): Promise<Failure | undefined> {
  const { APIConnectionError, APIConnectionTimeoutError, APIError } = await import('openai');
  if (error instanceof APIConnectionTimeoutError)
    return { reason: 'timeout', status: null, isPassing: true };
  if (error instanceof APIConnectionError) {
    const { cause } = error;
    if (isMillraceError(cause) && cause.blame !== 'service') return undefined;
    return { reason: reasonOf(cause), status: null, isPassing: !isRefused(cause) };
  }
  if (!(error instanceof APIError)) return undefined;
  const status: number = error.status ?? 0;
  const reason = String(error.code ?? error.type ?? status);
  const isBusy = status === 429 || status === 408 || status === 409 || status >= 500;
  const waitMs = retryAfterMs(error.headers);
  return {
    reason,
    status,
    // A quota that is used up does not come back by waiting; a model that is not there has a next one.
    isPassing: (isBusy && reason !== 'insufficient_quota') || status === 404,
    ...(waitMs !== undefined && { waitMs }),
  };
}

const isRefused = (cause: unknown) =>
  isMillraceError(cause) &&
  'reason' in cause.details &&
  cause.details.reason === 'ERR_ADDRESS_REFUSED';

const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : 'no connection');

/** `retry-after-ms`, or `Retry-After` in seconds or as a date; never longer than a minute. */
function retryAfterMs(headers: Headers | undefined): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const text = headers?.get('retry-after') ?? '';
  const seconds = text === '' ? Number.NaN : Number(text);
  const wait = [exact, seconds * 1000, Date.parse(text) - Date.now()].find(Number.isFinite);
  return wait === undefined ? undefined : Math.min(Math.max(0, wait), MAX_WAIT_MS);
}

function toServiceError(
  error: unknown,
  model: string,
  { status, reason }: Failure,
  tried: readonly string[],
): LlmServiceError {
  const said = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error ? error.cause : undefined;
  const fix = isMillraceError(cause) ? cause.fix : FIXES.get(status ?? 0);
  return new LlmServiceError(
    `"${model}" did not answer: ${isMillraceError(cause) ? reason : said}`,
    {
      details: { model, status, reason, tried },
      fix: fix ?? 'Try again later, or add a second model to fall back on',
      cause: error,
    },
  );
}

const FIXES = new Map([
  [400, 'Check the model name and its options'],
  [401, 'Check the key in the credential'],
  [403, 'The key may not use this model'],
  [404, 'Check the model name and the base URL of the credential'],
]);
