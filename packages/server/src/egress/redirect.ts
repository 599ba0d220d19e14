import type { HttpRequest, ResponseHead } from '@millrace/workflow/ports';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** What must not follow to another origin: a redirect is the service's choice, not the user's. */
const SECRET_HEADERS =
  /^(authorization|proxy-authorization|cookie|x-api-key|.*(token|secret|api-?key|auth).*)$/i;
const BODY_HEADERS = /^content-/i;

/** The request a redirect asks for; `undefined` when the response is none. */
export function redirectOf(request: HttpRequest, response: ResponseHead): HttpRequest | undefined {
  const location = response.headers['location'];
  if (!REDIRECTS.has(response.status) || typeof location !== 'string') return undefined;
  if (!URL.canParse(location, request.url)) return undefined;

  const from = new URL(request.url);
  const to = new URL(location, request.url);
  const { body, ...rest } = request;
  const becomesGet = turnsIntoGet(request.method.toUpperCase(), response.status);
  const isSameOrigin = from.origin === to.origin;
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).filter(
      ([name]) =>
        (isSameOrigin || !SECRET_HEADERS.test(name)) && !(becomesGet && BODY_HEADERS.test(name)),
    ),
  );
  return {
    ...rest,
    method: becomesGet ? 'GET' : request.method,
    url: to.href,
    headers,
    ...(body !== undefined && !becomesGet && { body }),
  };
}

/** @see RFC 9110 §15.4 */
function turnsIntoGet(method: string, status: number): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}
