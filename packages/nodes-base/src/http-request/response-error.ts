import { isMillraceError, MillraceError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { HttpResponse } from '@millrace/workflow/ports';
import { isRecord } from './fields.ts';
import { retryAfter } from './retry-after.ts';
import { headerText, textOf } from './response-text.ts';

interface ResponseErrorDetails {
  readonly httpCode: string;
  readonly description?: string;
  readonly itemIndex: number;
  readonly body: unknown;
  /** How long the service asks us to wait; a try after an error does. */
  readonly retryAfterMs?: number;
  /** The technical error behind it, in the words HTTP clients use. */
  readonly source: JsonObject & { readonly message: string };
}

const STATUS_TEXTS = new Map([
  [400, 'Bad request - please check your parameters'],
  [401, 'Authorization failed - please check your credentials'],
  [402, 'Payment required - perhaps check your payment details?'],
  [403, 'Forbidden - perhaps check your credentials?'],
  [404, 'The resource you are requesting could not be found'],
  [405, 'Method not allowed - please check you are using the right HTTP method'],
  [429, 'The service is receiving too many requests from you'],
  [500, 'The service was not able to process your request'],
  [502, 'Bad gateway - the service failed to handle your request'],
  [
    503,
    'Service unavailable - try again later or consider setting this node to retry automatically (in the node settings)',
  ],
  [504, 'Gateway timed out - perhaps try again later?'],
]);

const NETWORK_TEXTS = new Map([
  ['ECONNREFUSED', 'The service refused the connection - perhaps it is offline'],
  [
    'ECONNRESET',
    'The connection to the server was closed unexpectedly, perhaps it is offline. You can retry the request immediately or wait and retry later.',
  ],
  [
    'ENOTFOUND',
    'The connection cannot be established, this usually occurs due to an incorrect host (domain) value',
  ],
  [
    'ETIMEDOUT',
    "The connection timed out, consider setting the 'Retry on Fail' option in the node settings",
  ],
  ['ECONNABORTED', 'The connection was aborted, perhaps the server is offline'],
  ['EHOSTUNREACH', 'The host is unreachable, perhaps the server is offline'],
  ['EAI_AGAIN', 'The DNS server returned an error, perhaps the server is offline'],
]);

/** The service answered with a failure, or not at all. */
export class ResponseError extends MillraceError<ResponseErrorDetails> {
  readonly code = 'NODE_SERVICE_FAILED';

  constructor(
    message: string,
    details: ResponseErrorDetails,
    options: { fix?: string; cause?: unknown } = {},
  ) {
    super(message, { details, ...options });
  }
}

/** For a status outside 2xx. */
export function statusError(response: HttpResponse, itemIndex: number): ResponseError {
  const { status } = response;
  const retryAfterMs = retryAfter(headerText(response.headers['retry-after']), Date.now());
  const text = textOf(response);
  const body = parsed(text);
  const general =
    status >= 500
      ? 'The service failed to process your request'
      : 'Your request is invalid or could not be processed by the service';
  const description = messageIn(body);
  return new ResponseError(
    STATUS_TEXTS.get(status) ?? general,
    {
      httpCode: String(status),
      ...(description !== undefined && { description }),
      itemIndex,
      body,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      source: {
        message: `${status} - ${JSON.stringify(text)}`,
        name: 'AxiosError',
        code: status >= 500 ? 'ERR_BAD_RESPONSE' : 'ERR_BAD_REQUEST',
        status,
      },
    },
    { fix: 'Check the request against what the service expects' },
  );
}

/** For a request without a response. Errors that are no such thing come back as they are. */
export function networkError(error: unknown, itemIndex: number): unknown {
  if (
    !isMillraceError(error) ||
    error.code !== 'NODE_SERVICE_FAILED' ||
    error instanceof ResponseError
  )
    return error;
  const reason = 'reason' in error.details ? String(error.details.reason) : 'ERR_NETWORK';
  const isRefusedHere = reason === 'ERR_ADDRESS_REFUSED';
  return new ResponseError(
    NETWORK_TEXTS.get(reason) ?? error.message,
    {
      httpCode: reason,
      itemIndex,
      body: null,
      ...(isRefusedHere && error.fix !== undefined && { description: error.fix }),
      source: { message: error.message, name: clientName(reason), code: reason },
    },
    { cause: error, ...(error.fix !== undefined && { fix: error.fix }) },
  );
}

/** What a failed item becomes when the node goes on (shape as HTTP clients' errors have it). */
export function errorItem(error: unknown, itemIndex: number): Item {
  const pairedItem = { item: itemIndex };
  if (!(error instanceof ResponseError)) {
    return { json: { error: error instanceof Error ? error.message : String(error) }, pairedItem };
  }
  const { httpCode, body, source, description } = error.details;
  const isAnswered = typeof source['status'] === 'number';
  const details = {
    message: error.message,
    ...(isAnswered
      ? { description: source.message }
      : description !== undefined && { description }),
    httpCode,
    body,
    context: { itemIndex },
  };
  return { json: { error: source, details }, pairedItem };
}

function clientName(reason: string): string {
  if (reason === 'ECONNABORTED') return 'AxiosError';
  return reason.startsWith('ERR_') ? `Error [${reason}]` : 'Error';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // services fail in plain text too
  }
}

/** The message a failed response carries, wherever services put it. */
function messageIn(body: unknown, depth = 0): string | undefined {
  if (typeof body === 'string') return body || undefined;
  if (Array.isArray(body)) return body.length > 0 ? messageIn(body[0], depth + 1) : undefined;
  if (!isRecord(body) || depth > 4) return undefined;
  const { message, description, detail, error, errors } = body;
  for (const direct of [message, description, detail]) {
    if (typeof direct === 'string' && direct) return direct;
  }
  return messageIn(error, depth + 1) ?? messageIn(errors, depth + 1);
}
