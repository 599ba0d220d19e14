import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import type { HostPort } from '@millrace/workflow/ports';
import type { FetchLike } from 'eventsource';

const MAX_REDIRECTS = 5;

/** A `fetch` for streams whose connections go only where egress allows, also after redirects. */
export function checkedFetch(hosts: HostPort, more: Readonly<Record<string, string>>): FetchLike {
  return async (asked, { headers, signal }) => {
    let url = new URL(asked);
    for (let redirects = 0; ; redirects++) {
      const response = await open(hosts, url, { headers: { ...more, ...headers }, signal });
      const { statusCode = 0, headers: given } = response;
      const next = given.location;
      if (statusCode < 300 || statusCode >= 400 || next === undefined || redirects >= MAX_REDIRECTS)
        return {
          url: url.href,
          status: statusCode,
          redirected: redirects > 0,
          headers: { get: (name) => [given[name.toLowerCase()] ?? null].flat().join(', ') || null },
          body: { getReader: () => readerOf(response) },
        };
      response.destroy();
      url = new URL(next, url);
    }
  };
}

interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

async function open(hosts: HostPort, url: URL, asked: Asked): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new TypeError(`"${url.href}" is no web address`);
  const isSecure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const { address, port, isStandIn } = await hosts.locate(
    host,
    Number(url.port) || (isSecure ? 443 : 80),
  );
  const request = isSecure && !isStandIn ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    request({
      host: address,
      port,
      servername: host,
      path: url.pathname + url.search,
      headers: { ...asked.headers, host: url.host },
      signal: asked.signal,
      agent: false,
    })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
}

function readerOf(response: IncomingMessage) {
  const chunks: AsyncIterator<Uint8Array> = response[Symbol.asyncIterator]();
  return {
    async read() {
      const { done, value } = await chunks.next();
      return done ? ({ done: true } as const) : ({ done: false, value } as const);
    },
    async cancel() {
      response.destroy();
    },
  };
}
