import { NodeError } from '@millrace/workflow/errors';
import type { Batch, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext, WebhookResponse } from '@millrace/workflow/node-api';
import jwt from 'jsonwebtoken';
import { setField } from '../fields/field-path.ts';
import { jwtKeys } from '../jwt/jwt-keys.ts';

/** The answer the node's parameters describe, from its first item. */
export async function buildResponse(
  context: ExecuteContext,
  items: Batch,
): Promise<WebhookResponse> {
  const kind = String(context.param('respondWith', 0));
  const build = Object.hasOwn(builders, kind) ? builders[kind] : undefined;
  if (!build)
    throw failure(
      context,
      `The response data option "${kind}" is not supported`,
      'Choose another way to respond',
    );
  const built = await build(context, items);
  const headers = { ...built.headers, ...givenHeaders(context) };
  const status = Number(
    context.param('options.responseCode', 0, { fallback: built.status ?? 200 }),
  );
  return {
    status,
    headers: withCharset(headers, built.body),
    ...(built.body !== undefined && { body: built.body }),
  };
}

interface Built {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

type Builder = (context: ExecuteContext, items: Batch) => Built | Promise<Built>;

const builders: Readonly<Record<string, Builder>> = {
  firstIncomingItem: (context, items) => ({ body: keyed(context, items[0]?.json ?? {}) }),
  allIncomingItems: (context, items) => ({
    body: keyed(
      context,
      items.map((item) => item.json),
    ),
  }),
  json: (context) => ({ body: jsonBody(context) }),
  jwt: async (context) => ({ body: { token: await token(context) } }),
  text: (context) => ({
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: String(context.param('responseBody', 0, { fallback: '' }) ?? ''),
  }),
  redirect: (context) => ({
    status: 307,
    headers: { location: String(context.param('redirectURL', 0)) },
  }),
  noData: () => ({}),
  binary: file,
};

/** Under a key of the user's choice, or as it is. */
function keyed(context: ExecuteContext, body: unknown): unknown {
  const key = String(context.param('options.responseKey', 0, { fallback: '' }) ?? '');
  return key ? setField({}, key, body) : body;
}

function jsonBody(context: ExecuteContext): unknown {
  const given = context.param('responseBody', 0);
  return typeof given === 'string' ? parse(context, given, 'Response Body') : given;
}

async function token(context: ExecuteContext): Promise<string> {
  const keys = jwtKeys(await context.credential('jwtAuth', 0));
  if (!keys)
    throw failure(context, 'The credential’s algorithm is not known', 'Choose another algorithm');
  const given = context.param('payload', 0);
  const payload = typeof given === 'string' ? parse(context, given, 'Payload') : given;
  if (typeof payload !== 'object' || payload === null)
    throw failure(context, 'The payload is no object', 'Correct the payload');
  const claims =
    'iat' in payload ? { ...payload } : { ...payload, iat: Math.floor(context.now() / 1000) };
  return jwt.sign(claims, keys.signingKey, {
    algorithm: keys.algorithm,
  });
}

async function file(context: ExecuteContext, items: Batch): Promise<Built> {
  const binary = items[0]?.binary ?? {};
  const isNamed = context.param('responseDataSource', 0, { fallback: 'automatically' }) === 'set';
  const name = isNamed ? String(context.param('inputFieldName', 0)) : Object.keys(binary)[0];
  const data = name !== undefined && Object.hasOwn(binary, name) ? binary[name] : undefined;
  if (!data)
    throw failure(context, 'No binary data exists on the first item!', 'Send a file into the node');
  const bytes = await context.binary.get(data);
  return {
    headers: { 'content-type': data.mimeType, 'content-length': String(bytes.length) },
    body: bytes,
  };
}

function givenHeaders(context: ExecuteContext): Record<string, string> {
  const entries = context.param<readonly JsonObject[]>('options.responseHeaders.entries', 0, {
    fallback: [],
  });
  const named = entries
    .filter(({ name }) => name)
    .map(({ name, value }) => [String(name).toLowerCase(), String(value ?? '')]);
  return Object.fromEntries(named);
}

/** Text goes out as UTF-8, so its type says so. */
function withCharset(headers: Record<string, string>, body: unknown): Record<string, string> {
  const type = headers['content-type'];
  const isBare = typeof body === 'string' && type?.startsWith('text/') && !type.includes('charset');
  return isBare ? { ...headers, 'content-type': `${type}; charset=utf-8` } : headers;
}

function parse(context: ExecuteContext, text: string, field: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw failure(
      context,
      `Invalid JSON in '${field}' field`,
      `Correct the JSON in "${field}"`,
      cause,
    );
  }
}

const failure = (context: ExecuteContext, message: string, fix: string, cause?: unknown) =>
  new NodeError(message, { node: context.node.name }, { fix, cause });
