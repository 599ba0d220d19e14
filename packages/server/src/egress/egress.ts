import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';

import type {
  HostPort,
  HttpPort,
  HttpRequest,
  HttpResponse,
  SocketAddress,
} from '@millrace/workflow/ports';
import type { Dispatcher } from 'undici';

import { createAddressGuard, type AddressGuard } from './address-guard.ts';
import { EgressError } from './egress.error.ts';
import { requireBound, type JoinedCredential } from './joined-credential.ts';
import { openPools, resolveChecked, type Pools } from './pools.ts';
import { redirectOf } from './redirect.ts';
import { finish } from './response.ts';
import { serviceError } from './service-error.ts';
import { isStreamed } from './streamed-body.ts';

export interface EgressLimits {
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly maxRedirects: number;
}

/** All addresses of a host, as `dns.lookup` with `all` gives them. */
export type Lookup = (
  host: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

export interface EgressOptions {
  /** Hosts, addresses and CIDR ranges allowed though they are not public (`MILLRACE_EGRESS_ALLOW`). */
  readonly allow: readonly string[];
  /** Host → origin that stands in for it (`MILLRACE_EGRESS_MAP`), such as a recorded service in tests. */
  readonly map?: ReadonlyMap<string, string>;
  readonly limits: EgressLimits;
  readonly lookup?: Lookup;
}

export interface Egress extends HttpPort, HostPort {
  /** @param credential - Joined to the request as long as it stays on the origin that was asked for. */
  request(request: HttpRequest, credential?: JoinedCredential): Promise<HttpResponse>;
  close(): Promise<void>;
}

/**
 * The one HTTP client of all nodes. Every connection is made to an address that was checked, in the
 * connection's own lookup, so a name cannot resolve to one thing for the check and another for the call.
 */
export function createEgress(options: EgressOptions): Egress {
  const { limits, map = new Map() } = options;
  const guard = createAddressGuard(options.allow);
  const lookup = options.lookup ?? ((host) => systemLookup(host, { all: true }));
  const state: { pools?: Promise<Pools> } = {};

  async function request(asked: HttpRequest, credential?: JoinedCredential): Promise<HttpResponse> {
    const deadline = AbortSignal.timeout(asked.timeoutMs ?? limits.timeoutMs);
    const signal = asked.signal ? AbortSignal.any([asked.signal, deadline]) : deadline;
    const maxRedirects = Math.min(asked.maxRedirects ?? limits.maxRedirects, limits.maxRedirects);
    const { origin } = httpUrl(asked.url);
    let current: HttpRequest = asked;
    for (let redirects = 0; ; redirects++) {
      const isHome = new URL(current.url).origin === origin;
      const sent = credential && isHome ? signed(current, credential) : current;
      const response = await requestOnce(sent, { signal, follows: maxRedirects > 0 });
      const next = maxRedirects > 0 ? redirectOf(current, response) : undefined;
      if (!next) return response;
      if (redirects === maxRedirects) {
        throw new EgressError(
          'Maximum number of redirects exceeded',
          { reason: 'ERR_FR_TOO_MANY_REDIRECTS', host: new URL(next.url).hostname },
          { fix: 'Raise the number of redirects on the node, or turn following off' },
        );
      }
      current = next;
    }
  }

  async function requestOnce(
    asked: HttpRequest,
    { signal, follows }: { signal: AbortSignal; follows: boolean },
  ): Promise<HttpResponse> {
    const url = httpUrl(asked.url);
    const standIn = map.get(url.hostname);
    const target = standIn ? new URL(url.pathname + url.search, standIn) : url;
    const timeoutMs = asked.timeoutMs ?? limits.timeoutMs;
    const toError = (error: unknown) => serviceError(error, { host: url.hostname, timeoutMs });
    const answer = await open().catch((error: unknown) => {
      throw toError(error);
    });
    const limit = Math.min(
      asked.maxResponseBytes ?? limits.maxResponseBytes,
      limits.maxResponseBytes,
    );
    return finish(asked, answer, { url, limit, follows, toError });

    async function open() {
      if (!standIn) checkLiteral(guard, url);
      const { send, direct, lax, strict } = await (state.pools ??= openPools(guard, lookup));
      const dispatcher = standIn ? direct : asked.allowUnauthorizedCerts ? lax : strict;
      return send(target, {
        method: asked.method.toUpperCase() as Dispatcher.HttpMethod, // undici checks the token itself
        headers: headersOf(asked),
        body: isStreamed(asked.body) ? Readable.from(asked.body.pieces()) : (asked.body ?? null),
        dispatcher,
        signal,
        headersTimeout: 0, // the deadline above covers everything
        bodyTimeout: 0,
      });
    }
  }

  async function locate(host: string, port: number): Promise<SocketAddress> {
    const standIn = map.get(host.toLowerCase());
    if (standIn) {
      const { hostname, port: mapped } = new URL(standIn);
      return { address: hostname, port: Number(mapped || port), isStandIn: true };
    }
    try {
      if (isIP(host)) {
        guard.check(host, host);
        return { address: host, port, isStandIn: false };
      }
      const [first] = await resolveChecked(host, guard, lookup);
      if (first) return { address: first.address, port, isStandIn: false };
    } catch (error) {
      throw serviceError(error, { host, timeoutMs: limits.timeoutMs });
    }
    throw new EgressError(
      `"${host}" has no address`,
      { reason: 'ENOTFOUND', host },
      { fix: 'Check the host name' },
    );
  }

  return {
    request,
    locate,
    async close() {
      await (await state.pools)?.close();
    },
  };
}

/** The credential's own rules may move a request (a base URL), so the binding is checked on what is sent. */
function signed(request: HttpRequest, credential: JoinedCredential): HttpRequest {
  requireBound(credential, httpUrl(request.url));
  const sent = credential.sign(request);
  requireBound(credential, httpUrl(sent.url));
  return sent;
}

/** Sockets skip the lookup when the URL holds an address, so that one is checked here. */
function checkLiteral(guard: AddressGuard, { hostname }: URL): void {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address)) guard.check(address, address);
}

function httpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new EgressError(
    `Invalid URL: ${text}. URL must start with "http" or "https".`,
    { reason: 'ERR_INVALID_URL', host: '' },
    { fix: 'Give a whole address, such as https://example.com/path' },
  );
}

/** Names go out as given. `user:password@` in the URL becomes basic authentication, as with curl. */
function headersOf({ headers = {}, url, body }: HttpRequest): Record<string, string | string[]> {
  const sent: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    sent[name] = typeof value === 'string' ? value : [...value];
  }
  const given = new Set(Object.keys(sent).map((name) => name.toLowerCase()));
  const { username, password } = new URL(url);
  if (username && !given.has('authorization')) {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    sent['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  if (isStreamed(body) && body.sizeBytes !== undefined && !given.has('content-length'))
    sent['content-length'] = String(body.sizeBytes);
  if (!given.has('user-agent')) sent['user-agent'] = 'Millrace';
  if (!given.has('accept-encoding')) sent['accept-encoding'] = 'gzip, deflate, br';
  return sent;
}
