import type { JsonObject } from '@millrace/workflow/items';
import type { HttpPort, HttpResponse } from '@millrace/workflow/ports';
import { wasNeverSent } from '../service-calls/never-sent.ts';
import { problemOf, TikTokError } from './tiktok.error.ts';

const HOST = 'https://open.tiktokapis.com';
const CALL_TRIES = 4;
const MOST_WAIT_MS = 60_000;

export interface TikTokClient {
  readonly http: HttpPort;
  readonly signal: AbortSignal;
  sleep(ms: number): Promise<void>;
}

/** A call to the API. */
export interface TikTokCall {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** A second call would do a second thing: no answer, or a broken one, is not tried again. */
  readonly isOnce?: boolean;
}

/**
 * Calls TikTok and gives `data`. Waits where TikTok says so and tries again where that can help.
 *
 * @throws {TikTokError} with the problem `ambiguous` when a call with `isOnce` may have been carried out.
 */
export async function callTikTok(client: TikTokClient, call: TikTokCall): Promise<JsonObject> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await callOnce(client, call);
    } catch (error) {
      if (!(error instanceof TikTokError)) throw error;
      const canRetry = error.problem === 'rate' || (error.problem === 'transient' && !call.isOnce);
      if (!canRetry || attempt === CALL_TRIES) throw call.isOnce ? asAmbiguous(error) : error;
      await client.sleep(waitBefore(attempt, error.problem === 'rate'));
    }
  }
}

async function callOnce(client: TikTokClient, call: TikTokCall): Promise<JsonObject> {
  const { method = 'POST', path, body, isOnce = false } = call;
  const response = await client.http
    .request({
      method,
      url: `${HOST}${path}`,
      authentication: 'tiktokOAuth2Api',
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      signal: client.signal,
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    })
    .catch((error: unknown) => {
      client.signal.throwIfAborted();
      if (wasNeverSent(error)) throw error;
      throw noAnswer(error, isOnce);
    });
  const { data, error } = fieldsOf(response);
  const reason = String(error['code'] ?? '') || `http_${response.status}`;
  // TikTok says "ok" with every success, whatever else the status is.
  if (reason === 'ok' && response.status < 400) return data;
  // A success that does not read as one may be TikTok's all the same.
  if (response.status < 300 && error['code'] === undefined)
    throw oddAnswer(isOnce, response.status);
  throw new TikTokError(String(error['message'] ?? ''), {
    reason,
    problem: problemOf(reason, response.status),
    status: response.status,
    logId: String(error['log_id'] ?? ''),
  });
}

/** Doubles with each try; a limit per minute takes longer to pass than a hiccup. */
const waitBefore = (attempt: number, isRate: boolean) =>
  Math.min((isRate ? 10_000 : 1000) * 2 ** (attempt - 1), MOST_WAIT_MS);

const noAnswer = (cause: unknown, isOnce: boolean) =>
  new TikTokError(
    cause instanceof Error ? cause.message : String(cause),
    { reason: 'no_answer', problem: isOnce ? 'ambiguous' : 'transient', status: 0, logId: '' },
    cause,
  );

/** An answer that says neither that it was done nor that it was not. */
export const oddAnswer = (isOnce: boolean, status = 200) =>
  new TikTokError('The answer cannot be read', {
    reason: 'odd_answer',
    problem: isOnce ? 'ambiguous' : 'transient',
    status,
    logId: '',
  });

/** A failure inside TikTok does not say that nothing was done. */
const asAmbiguous = (error: TikTokError) =>
  error.problem === 'transient'
    ? new TikTokError(error.message, { ...error.details, problem: 'ambiguous' }, error)
    : error;

function fieldsOf({ body }: HttpResponse): { data: JsonObject; error: JsonObject } {
  try {
    const json: unknown = JSON.parse(Buffer.from(body).toString('utf8'), keepLongIds);
    const { data, error } = asObject(json);
    return { data: asObject(data), error: asObject(error) };
  } catch {
    return { data: {}, error: { message: 'The answer is not JSON' } };
  }
}

/** TikTok writes ids as numbers too long for a JavaScript number: those are kept as text. */
function keepLongIds(_key: string, value: unknown, context?: { readonly source: string }): unknown {
  const isTooLong = typeof value === 'number' && !Number.isSafeInteger(value) && value % 1 === 0;
  return isTooLong ? (context?.source ?? value) : value;
}

/** An object as it is, anything else as an empty one. */
export const asObject = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
