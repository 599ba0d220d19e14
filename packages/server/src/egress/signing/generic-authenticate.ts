import type { JsonObject } from '@millrace/workflow/items';
import type { GenericAuthenticate } from '@millrace/workflow/node-api';
import type { HttpRequest } from '@millrace/workflow/ports';
import { fillIn } from './credential-text.ts';
import { isStreamed } from '../streamed-body.ts';

/** Puts declared headers, query, body and basic authentication into a request (n8n-facts D8). */
export function authenticateGenerically(
  { properties }: GenericAuthenticate,
  data: JsonObject,
  request: HttpRequest,
): HttpRequest {
  const { headers, qs, body, auth, url, skipSslCertificateValidation } = properties;
  const user = record(fillIn(auth ?? {}, data));
  const basic = auth && basicHeader(user['username'], user['password']);
  const target = url === undefined ? request.url : String(fillIn(url, data));
  return {
    ...request,
    url: withQuery(target, record(fillIn(qs ?? {}, data))),
    headers: withHeaders(request.headers, {
      ...(basic && { authorization: basic }),
      ...record(fillIn(headers ?? {}, data)),
    }),
    ...withBody(request, record(fillIn(body ?? {}, data))),
    ...(fillIn(skipSslCertificateValidation, data) === true && { allowUnauthorizedCerts: true }),
  };
}

export const basicHeader = (user: unknown, password: unknown): string =>
  `Basic ${Buffer.from(`${String(user ?? '')}:${String(password ?? '')}`).toString('base64')}`;

/** Headers with more set, whatever the case of names already there. Empty values are left out. */
export function withHeaders(
  given: HttpRequest['headers'] = {},
  more: JsonObject,
): NonNullable<HttpRequest['headers']> {
  const added = Object.entries(more).filter(([name, value]) => name !== '' && isGiven(value));
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  return Object.fromEntries([
    ...Object.entries(given).filter(([name]) => !replaced.has(name.toLowerCase())),
    ...added.map(([name, value]) => [name.toLowerCase(), String(value)] as const),
  ]);
}

/** The URL with parameters appended; names already there stay, as a service may want both. */
export function withQuery(url: string, query: JsonObject): string {
  const added = Object.entries(query).filter(([name, value]) => name !== '' && isGiven(value));
  if (added.length === 0) return url;
  const [before = '', hash] = url.split('#');
  const text = added
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
  const joined = `${before}${before.includes('?') ? '&' : '?'}${text}`;
  return hash === undefined ? joined : `${joined}#${hash}`;
}

/** Fields joined to a body that is JSON, a form, or not there yet; other bodies cannot take any. */
export function withBody(
  { body, headers = {} }: HttpRequest,
  fields: JsonObject,
): Pick<HttpRequest, 'body' | 'headers'> {
  if (Object.keys(fields).length === 0 || isStreamed(body)) return {};
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
  const contentType = String(type?.[1] ?? '');
  const text = body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : (body ?? '');
  if (contentType.includes('x-www-form-urlencoded')) {
    const added = withQuery('', fields).slice(1);
    return { body: text ? `${text}&${added}` : added };
  }
  if (text !== '' && !contentType.includes('json')) return {};
  const sent: unknown = text === '' ? {} : JSON.parse(text);
  return Array.isArray(sent) ? {} : { body: JSON.stringify({ ...record(sent), ...fields }) };
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';

const record = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
