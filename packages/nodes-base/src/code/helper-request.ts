import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { HttpRequest, HttpResponse } from '@millrace/workflow/ports';

/** `this.helpers.httpRequest(options)` in n8n's shape (n8n-facts D6), through the guarded client. */
export async function helperRequest(context: ExecuteContext, given: unknown): Promise<unknown> {
  if (!isRecord(given)) throw new Error('httpRequest needs an object with at least a url');
  const response = await context.http.request({ ...requestOf(given), signal: context.signal });
  const body = bodyOf(response, given['encoding']);
  const isFailure = response.status < 200 || response.status >= 300;
  if (isFailure && given['ignoreHttpStatusErrors'] !== true) {
    throw new Error(`Request failed with status code ${response.status}`);
  }
  if (given['returnFullResponse'] !== true) return body;
  return {
    body,
    headers: response.headers,
    statusCode: response.status,
    statusMessage: response.statusText,
  };
}

function requestOf(options: Readonly<Record<string, unknown>>): HttpRequest {
  const { method = 'GET', timeout, disableFollowRedirect, maxRedirects, json } = options;
  const headers: Record<string, string> = {};
  if (isRecord(options['headers'])) {
    for (const [name, value] of Object.entries(options['headers']))
      headers[name.toLowerCase()] = String(value);
  }
  const { auth, body } = options;
  if (isRecord(auth) && !('authorization' in headers)) {
    const pair = `${String(auth['username'])}:${String(auth['password'])}`;
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  if (json === true) headers['accept'] ??= 'application/json';
  const payload = method === 'GET' ? undefined : payloadOf(body, headers);
  return {
    method: String(method).toUpperCase(),
    url: urlOf(options),
    headers,
    ...(payload !== undefined && { body: payload }),
    ...(typeof timeout === 'number' && { timeoutMs: timeout }),
    ...(disableFollowRedirect === true && { maxRedirects: 0 }),
    ...(typeof maxRedirects === 'number' && { maxRedirects }),
    ...(options['skipSslCertificateValidation'] === true && { allowUnauthorizedCerts: true }),
  };
}

function urlOf({ url, baseURL, qs }: Readonly<Record<string, unknown>>): string {
  const full = new URL(String(url ?? ''), typeof baseURL === 'string' ? baseURL : undefined);
  if (isRecord(qs)) {
    for (const [name, value] of Object.entries(qs)) {
      for (const each of Array.isArray(value) ? value : [value]) {
        if (each !== undefined && each !== null) full.searchParams.append(name, String(each));
      }
    }
  }
  return full.href;
}

/** Bytes and text as they are; an object as form or JSON, by its content type. */
function payloadOf(
  body: unknown,
  headers: Record<string, string>,
): string | Uint8Array | undefined {
  if (body === undefined || body === null || typeof body === 'string') return body ?? undefined;
  if (isRecord(body) && typeof body['$base64'] === 'string')
    return Buffer.from(body['$base64'], 'base64');
  if (isRecord(body) && headers['content-type']?.includes('x-www-form-urlencoded')) {
    return new URLSearchParams(
      Object.fromEntries(Object.entries(body).map(([key, value]) => [key, String(value)])),
    ).toString();
  }
  headers['content-type'] ??= 'application/json';
  return JSON.stringify(body);
}

function bodyOf({ body, headers }: HttpResponse, encoding: unknown): unknown {
  if (encoding === 'arraybuffer') return { type: 'Buffer', data: [...body] };
  const text = new TextDecoder().decode(body);
  if (encoding === 'text' || !String(headers['content-type'] ?? '').includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text; // as n8n's client has it: what does not parse stays text
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
