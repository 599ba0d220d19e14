import { NodeError } from '@millrace/workflow/errors';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { credentialTypeOf } from './authentication.ts';
import { bodyOf } from './body.ts';
import { jsonField, keyValues } from './fields.ts';
import { readPagination, type Pagination } from './pagination.ts';
import type { ArrayFormat } from './query.ts';
import type { RequestDraft } from './request-draft.ts';

export type ResponseFormat = 'autodetect' | 'json' | 'text' | 'file';

/** All a node says about one item's request. */
export interface RequestSettings {
  readonly draft: RequestDraft;
  readonly responseFormat: ResponseFormat;
  readonly outputPropertyName: string;
  readonly isFullResponse: boolean;
  readonly neverError: boolean;
  /** False: a JSON list stays one value (version 1 without `splitIntoItems`). */
  readonly splitsLists: boolean;
  readonly pagination?: Pagination;
}

const ACCEPT = {
  autodetect:
    'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, image/*;q=0.8, */*;q=0.7',
  json: 'application/json,text/*;q=0.99',
  text: 'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, */*;q=0.1',
  file: 'application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, image/*;q=0.8, */*;q=0.7',
} as const satisfies Record<ResponseFormat, string>;

export const acceptOf = (format: ResponseFormat): string => ACCEPT[format];

/** Reads the parameters of versions 3 and 4 for one item. */
export async function readSettings(
  context: ExecuteContext,
  index: number,
): Promise<RequestSettings> {
  const param = <T>(path: string, fallback: T) => context.param<T>(path, index, { fallback });
  const responseFormat = param<ResponseFormat>(
    'options.response.response.responseFormat',
    'autodetect',
  );
  const draft: RequestDraft = {
    method: String(param('method', 'GET')).toUpperCase(),
    url: urlOf(context, index),
    query: Object.create(null),
    arrayFormat: param<ArrayFormat>('options.queryParameterArrays', 'indices'),
    headers: Object.create(null),
    body: { kind: 'none' },
    redirects: redirectsOf(context, index),
    timeoutMs: Number(param('options.timeout', 300_000)) || 300_000,
    allowUnauthorizedCerts: Boolean(param('options.allowUnauthorizedCerts', false)),
    authentication: credentialTypeOf(context, index),
  };
  if (param('options.proxy', '')) {
    throw new NodeError(
      'The option "Proxy" is not available: the server decides how requests leave it',
      { node: context.node.name, itemIndex: index },
      { fix: 'Remove the option' },
    );
  }
  if (param('sendQuery', false)) addQuery(draft, context, index);
  if (param('sendHeaders', false)) addHeaders(draft, context, index);
  if (param('sendBody', false)) draft.body = await bodyOf(context, index);
  draft.headers['accept'] ??= acceptOf(responseFormat);
  const pagination = readPagination(context, index);
  // Pages differ from each other, so one key for all would let a service drop all but the first.
  if (!pagination && param('options.idempotencyKey', false))
    addIdempotencyKey(draft, context, index);
  return {
    draft,
    responseFormat,
    outputPropertyName: param('options.response.response.outputPropertyName', 'data') || 'data',
    isFullResponse: Boolean(param('options.response.response.fullResponse', false)),
    neverError: Boolean(param('options.response.response.neverError', false)),
    splitsLists: true,
    ...(pagination && { pagination }),
  };
}

/** One key per item, unless the user's headers bring their own. */
function addIdempotencyKey(draft: RequestDraft, context: ExecuteContext, index: number): void {
  const isGiven = Object.keys(draft.headers).some((name) => name.toLowerCase() === IDEMPOTENCY_KEY);
  if (!isGiven) draft.headers[IDEMPOTENCY_KEY] = `${context.idempotencyKey}:${index}`;
}

const IDEMPOTENCY_KEY = 'idempotency-key';

/** The address as text. @throws {NodeError} when it is none. */
export function urlOf(context: ExecuteContext, index: number): string {
  const url = context.param<unknown>('url', index, { fallback: undefined });
  const about = { node: context.node.name, itemIndex: index };
  if (typeof url !== 'string') {
    throw new NodeError(
      `URL parameter must be a string, got ${url === undefined ? 'undefined' : typeof url}`,
      about,
    );
  }
  const trimmed = url.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) {
    throw new NodeError(`Invalid URL: ${url}. URL must start with "http" or "https".`, about);
  }
  return trimmed;
}

function redirectsOf(context: ExecuteContext, index: number): RequestDraft['redirects'] {
  const follow = context.param<unknown>('options.redirect.redirect.followRedirects', index, {
    fallback: undefined,
  });
  const max = Number(
    context.param('options.redirect.redirect.maxRedirects', index, { fallback: 21 }),
  );
  if (follow === undefined) return { which: 'safe', max };
  return { which: follow ? 'all' : 'none', max };
}

function addQuery(draft: RequestDraft, context: ExecuteContext, index: number): void {
  const isJson = context.param('specifyQuery', index, { fallback: 'keypair' }) === 'json';
  const fields = isJson
    ? jsonField(context, 'jsonQuery', 'JSON Query Parameters', index)
    : keyValues(context, 'queryParameters.parameters', index, 'collect');
  Object.assign(draft.query, fields);
}

function addHeaders(draft: RequestDraft, context: ExecuteContext, index: number): void {
  const isJson = context.param('specifyHeaders', index, { fallback: 'keypair' }) === 'json';
  const fields = isJson
    ? jsonField(context, 'jsonHeaders', 'JSON Headers', index)
    : keyValues(context, 'headerParameters.parameters', index, 'last');
  const isLower = context.param('options.lowercaseHeaders', index, { fallback: true });
  for (const [name, value] of Object.entries(fields)) {
    if (name && value !== undefined && value !== null)
      draft.headers[isLower ? name.toLowerCase() : name] = String(value);
  }
}
