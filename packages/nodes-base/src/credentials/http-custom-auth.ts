import { ParamError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import type { Authenticate } from '@millrace/workflow/node-api';

/** Headers, query and body the user wrote as JSON: `{"headers": {…}, "qs": {…}, "body": {…}}`. */
export const customAuthenticate: Authenticate = ({ json }, request) => {
  const { headers, qs, body } = readParts(json);
  return {
    ...request,
    url: urlWith(request.url, record(qs)),
    headers: {
      ...request.headers,
      ...Object.fromEntries(
        Object.entries(record(headers)).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
    },
    ...bodyWith(request, record(body)),
  };
};

function readParts(json: unknown): JsonObject {
  try {
    return record(typeof json === 'string' ? JSON.parse(json) : json);
  } catch {
    throw new ParamError({
      path: 'json',
      expected: 'JSON with headers, qs or body',
      received: 'text that is not JSON',
      reason: 'mismatch',
    });
  }
}

function urlWith(url: string, query: JsonObject): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(query))
    target.searchParams.append(name, String(value));
  return Object.keys(query).length ? target.href : url;
}

/** JSON bodies take further fields; a request without one gets them as its body. */
function bodyWith(
  { body, headers = {} }: Parameters<Authenticate>[1],
  fields: JsonObject,
): { body?: string } {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (Object.keys(fields).length === 0) return {};
  if (body === undefined) return { body: JSON.stringify(fields) };
  if (!String(type ?? '').includes('json') || typeof body !== 'string') return {};
  return { body: JSON.stringify({ ...record(JSON.parse(body)), ...fields }) };
}

const record = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
