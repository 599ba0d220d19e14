import { isMillraceError } from '@millrace/workflow/errors';
import type { HttpPort, HttpResponse } from '@millrace/workflow/ports';
import { NO_RULES, parseRobots, type RobotRules } from './robots.ts';

/** What came of looking at a page. */
export type Visit =
  | {
      readonly kind: 'page';
      readonly status: number;
      /** Where it was in the end, and the addresses that led on. */
      readonly url: string;
      readonly redirects: readonly string[];
      readonly headers: HttpResponse['headers'];
      readonly text: string;
    }
  /** The server said that there is no such page, or there is no such server. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** The site wants no robots there. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It could not be found out now: a bad day of the server, or a wall before it. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Visitor {
  visit(url: string, method?: 'GET' | 'HEAD'): Promise<Visit>;
}

export interface VisitorOptions {
  readonly http: HttpPort;
  readonly signal: AbortSignal;
  sleep(ms: number): Promise<void>;
  /** Least pause between two requests to one host. */
  readonly spacingMs: number;
  readonly timeoutMs: number;
}

const ROBOT = 'millrace';
const USER_AGENT = 'Mozilla/5.0 (compatible; Millrace link checker)';
const MOST_REDIRECTS = 5;
const MOST_BYTES = 3_000_000;
const MOST_ROBOTS_BYTES = 500_000;
const NO_SUCH_HOST: ReadonlySet<string> = new Set(['ENOTFOUND']);

/** Looks at pages as a polite robot: by robots.txt, with pauses between requests to one host. */
export function createVisitor(options: VisitorOptions): Visitor {
  const turns = new Map<string, Promise<void>>();
  const robots = new Map<string, Promise<RobotRules | string>>();

  /** Waits until the host may be asked again. */
  async function takeTurn(host: string, pauseMs: number): Promise<void> {
    const before = turns.get(host);
    const mine = (before ?? Promise.resolve()).then(() =>
      before ? options.sleep(Math.max(options.spacingMs, pauseMs)) : undefined,
    );
    turns.set(host, mine);
    await mine;
    options.signal.throwIfAborted();
  }

  async function ask(url: URL, method: 'GET' | 'HEAD', pauseMs: number, maxBytes: number) {
    await takeTurn(url.host, pauseMs);
    return options.http.request({
      method,
      url: url.href,
      headers: { 'user-agent': USER_AGENT, accept: 'text/html,*/*;q=0.5' },
      maxRedirects: 0,
      timeoutMs: options.timeoutMs,
      maxResponseBytes: maxBytes,
      signal: options.signal,
    });
  }

  /** The rules of a site, or why they cannot be known: then nobody may go there (RFC 9309). */
  async function readRobots(origin: string): Promise<RobotRules | string> {
    const answer = await attempt(() =>
      ask(new URL('/robots.txt', origin), 'GET', 0, MOST_ROBOTS_BYTES),
    );
    if ('kind' in answer) return answer.kind === 'gone' ? NO_RULES : answer.reason;
    if (answer.status >= 500) return `robots.txt answered ${answer.status}`;
    return answer.status === 200 ? parseRobots(textOf(answer), ROBOT) : NO_RULES;
  }

  async function attempt(request: () => Promise<HttpResponse>): Promise<HttpResponse | Failure> {
    try {
      return await request();
    } catch (error) {
      options.signal.throwIfAborted();
      return failureOf(error);
    }
  }

  return {
    async visit(start, method = 'GET') {
      const redirects: string[] = [];
      let url = pageUrl(start);
      for (;;) {
        if (!url)
          return { kind: 'unknown', reason: `"${redirects.at(-1) ?? start}" leads to no web page` };
        const known = robots.get(url.origin) ?? readRobots(url.origin);
        robots.set(url.origin, known);
        const rules = await known;
        if (typeof rules === 'string') return { kind: 'unknown', reason: rules };
        if (!rules.isAllowed(url.pathname + url.search))
          return { kind: 'refused', reason: `robots.txt of ${url.host} forbids it` };
        const { href } = url;
        const asked = url;
        const answer = await attempt(() => ask(asked, method, rules.pauseMs, MOST_BYTES));
        if ('kind' in answer) return answer;
        const next = redirectOf(answer, href);
        if (next === undefined) return visitOf(answer, href, redirects);
        redirects.push(href);
        if (redirects.length > MOST_REDIRECTS || redirects.includes(next))
          return { kind: 'unknown', reason: `It leads on and on (${redirects.length} times)` };
        url = pageUrl(next);
      }
    },
  };
}

type Failure = Exclude<Visit, { kind: 'page' }>;

function visitOf(answer: HttpResponse, url: string, redirects: readonly string[]): Visit {
  const { status, headers } = answer;
  if (status === 404 || status === 410) return { kind: 'gone', reason: `It answers ${status}` };
  if (status < 200 || status >= 300)
    return { kind: 'unknown', reason: `It answers ${status}, which says nothing of the page` };
  return { kind: 'page', status, url, redirects, headers, text: textOf(answer) };
}

function failureOf(error: unknown): Failure {
  if (!isMillraceError(error)) throw error;
  const details: Readonly<Record<string, unknown>> = { ...error.details };
  const isGone = NO_SUCH_HOST.has(String(details['reason']));
  return { kind: isGone ? 'gone' : 'unknown', reason: error.message };
}

function redirectOf({ status, headers }: HttpResponse, from: string): string | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  const location = [headers['location']].flat()[0];
  return location === undefined ? undefined : (URL.parse(location, from)?.href ?? location);
}

function pageUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

function textOf({ body, headers }: HttpResponse): string {
  const charset = /charset="?([\w-]+)/i.exec(String(headers['content-type'] ?? ''))?.[1];
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(body);
  } catch {
    return new TextDecoder().decode(body); // a charset nobody knows
  }
}
