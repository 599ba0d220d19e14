import Schema from 'typebox/schema';
import { ApiError, ProblemBody } from './problem.ts';
import type { Endpoint, Input, Output } from './endpoint.ts';

/** Calls one endpoint. Rejects with {@link ApiError} for any answer that is not 2xx. */
export type Client = <E extends Endpoint>(
  e: E,
  input: Input<E>,
  options?: CallOptions,
) => Promise<Output<E>>;

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface ClientOptions {
  /** API key; a browser leaves it out and uses its session cookie. */
  readonly apiKey?: string;
  readonly fetcher?: typeof fetch;
}

/**
 * A typed client of the API at `base`.
 *
 * @param base - Origin and prefix, such as `http://127.0.0.1:5678/api/v1`, or `/api/v1` in the editor.
 * @example
 * ```ts
 * const call = createClient('/api/v1');
 * const { data } = await call(listWorkflows, { querystring: { limit: 20 } });
 * ```
 */
export function createClient(base: string, { apiKey, fetcher }: ClientOptions = {}): Client {
  return async (e, input, { signal } = {}) => {
    const { params, querystring, body }: Parts = input;
    const response = await (fetcher ?? fetch)(base + fill(e.url, params) + search(querystring), {
      method: e.method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(apiKey && { authorization: `Bearer ${apiKey}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    if (!response.ok) throw new ApiError(await problemOf(response));
    const text = response.status === 204 ? 'null' : await response.text();
    return JSON.parse(text);
  };
}

interface Parts {
  readonly params?: unknown;
  readonly querystring?: unknown;
  readonly body?: unknown;
}

function fill(url: string, params: unknown): string {
  const values = new Map(entries(params));
  return url.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(values.get(key))));
}

function search(querystring: unknown): string {
  const query = new URLSearchParams();
  for (const [key, value] of entries(querystring)) {
    if (value !== undefined) query.set(key, String(value));
  }
  return query.size ? `?${query}` : '';
}

const entries = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

async function problemOf(response: Response): Promise<ProblemBody> {
  const body: unknown = await response.json().catch(() => undefined);
  if (Schema.Check(ProblemBody, body)) return body;
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    code: 'RESPONSE_UNREADABLE',
    detail: `The server answered ${response.status} ${response.statusText}`,
  };
}
