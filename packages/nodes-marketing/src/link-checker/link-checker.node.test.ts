import { createEgress } from '@millrace/server/egress';
import { createMemoryStorage } from '@millrace/server/packages';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext, ParamOptions } from '@millrace/workflow/node-api';
import { getByPath, normalizeParameters } from '@millrace/workflow/parameters';
import { createServer, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { goneLooks } from '../tables/link-checks.ts';
import { backlinks, domains } from '../tables/links.ts';
import linkChecker from './link-checker.node.ts';

const NOW = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;
const OURS = 'https://me.example/tea';

type Answer = string | { status: number; body?: string; headers?: Record<string, string> } | 'drop';
const page = (body: string, head = ''): string =>
  `<html><head><title>A page</title>${head}</head><body><main>${body}</main></body></html>`;
const link = (more = '', words = 'good tea') => `<p>See <a href="${OURS}" ${more}>${words}</a></p>`;

/** What the sites of the test answer, by host and path. */
let site: Record<string, Answer>;
let calls: string[];
let close: () => Promise<void>;
let http: ExecuteContext['http'];
let slept: number[];
let storage: ReturnType<typeof createMemoryStorage>;

beforeEach(async () => {
  [site, calls, slept] = [{}, [], []];
  storage = createMemoryStorage([nodesMarketing]);
  const server = createServer((request, response) => {
    const address = `${String(request.headers['x-site'])}${request.url}`;
    calls.push(`${request.method} ${address}`);
    const given = site[address] ?? { status: 404 };
    if (given === 'drop') request.socket.destroy();
    else answer(response, given);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  const egress = createEgress({
    allow: [],
    map: new Map(
      ['blog.example', 'other.example', 'me.example'].map((host) => [
        host,
        `http://127.0.0.1:${port}`,
      ]),
    ),
    limits: { timeoutMs: 5000, maxResponseBytes: 10_000_000, maxRedirects: 5 },
    lookup: async (host) => {
      throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
    },
  });
  http = {
    request: (asked) =>
      egress.request({
        ...asked,
        headers: { ...asked.headers, 'x-site': new URL(asked.url).host },
      }),
  };
  close = async () => {
    await egress.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterEach(async () => {
  await close();
  await storage.close();
});

function answer(response: ServerResponse, given: Exclude<Answer, 'drop'>): void {
  const {
    status,
    body = '',
    headers = {},
  } = typeof given === 'string' ? { status: 200, body: given } : given;
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
}

/** All three outputs. */
async function run(parameters: JsonObject, items: readonly JsonObject[] = [{}], now = NOW) {
  const values = normalizeParameters(linkChecker.description, parameters, { version: 1 });
  const context: Partial<ExecuteContext> = {
    http,
    tables: storage.tables,
    signal: new AbortController().signal,
    now: () => now,
    sleep: async (ms) => void slept.push(ms),
    items: () => items.map((json) => ({ json })),
    param<T>(path: string, _index: number, options: ParamOptions = {}) {
      // The caller names the type, as with the engine's own `param`.
      return (getByPath(values, path) ?? options.fallback) as T;
    },
  };
  // Only what this node uses.
  const found = await linkChecker.execute?.(context as ExecuteContext);
  if (!Array.isArray(found)) throw new Error('The node did not answer');
  const [live = [], lost = [], unknown = []]: JsonObject[][] = found.map((output) =>
    (output ?? []).map(({ json }: Item): JsonObject => json),
  );
  return { live, lost, unknown };
}

const verify = (fromUrl = 'https://blog.example/a', now = NOW) =>
  run({}, [{ fromUrl, toUrl: OURS }], now);

describe('a won link', () => {
  test('in the text is live', async () => {
    site['blog.example/a'] = page(link());
    const { live } = await verify();
    expect(live).toMatchObject([
      {
        link: {
          state: 'live',
          anchor: 'good tea',
          rel: 'follow',
          placement: 'content',
          outlinks: 1,
          explain: 'The link is live',
        },
      },
    ]);
  });

  test.each([
    ['nofollow', page(link('rel="noopener nofollow"')), { rel: 'nofollow' }, 'it says "nofollow"'],
    [
      'sponsored',
      page(link('rel="sponsored nofollow"')),
      { rel: 'sponsored' },
      'it says "sponsored"',
    ],
    [
      'nofollow for the whole page',
      page(link(), '<meta name="Robots" content="nofollow">'),
      { rel: 'nofollow' },
      'it says "nofollow"',
    ],
    [
      'noindex',
      page(link(), '<meta name="robots" content="NOINDEX">'),
      { isNoindex: true },
      'search engines leave the page out',
    ],
    [
      'noindex by header',
      { status: 200, body: page(link()), headers: { 'x-robots-tag': 'noindex' } },
      { isNoindex: true },
      'leave the page out',
    ],
    [
      'a copy',
      page(link(), '<link rel="canonical" href="/b">'),
      { canonical: 'https://blog.example/b' },
      'to be a copy of',
    ],
    [
      'in the footer',
      page(`<footer>${link()}</footer>`),
      { placement: 'footer' },
      'it stands in the footer',
    ],
    [
      'in a sidebar',
      page(`<div class="left-sidebar">${link()}</div>`),
      { placement: 'sidebar' },
      'in the sidebar',
    ],
    ['hidden', page(`<div style="display:none">${link()}</div>`), {}, 'it is hidden'],
    [
      'to another page of ours',
      page('<a href="https://www.me.example/other">x</a>'),
      { leadsTo: 'https://www.me.example/other' },
      'it leads to',
    ],
    [
      'a picture',
      page(link('', '<img src="x" alt="Our tea">')),
      { anchor: 'Our tea' },
      'The link is live',
    ],
    [
      'with marks of a campaign',
      page(link().replace(OURS, `${OURS}/?utm_source=blog#top`)),
      { leadsTo: null },
      'The link is live',
    ],
  ])('that is %s is live and tells so', async (_, body, expected, told) => {
    site['blog.example/a'] = body;
    const { live } = await verify();
    expect(live).toMatchObject([{ link: { state: 'live', ...expected } }]);
    expect(Object(live[0]?.['link']).explain).toContain(told);
  });

  test('of several the best one counts', async () => {
    site['blog.example/a'] = page(`<footer>${link('rel="nofollow"')}</footer>${link()}`);
    expect((await verify()).live).toMatchObject([
      { link: { rel: 'follow', placement: 'content', outlinks: 2 } },
    ]);
  });

  test('is found on a page that moved', async () => {
    site['blog.example/a'] = { status: 301, headers: { location: '/b' } };
    site['blog.example/b'] = { status: 302, headers: { location: 'https://other.example/c' } };
    site['other.example/c'] = page(link());
    expect((await verify()).live).toMatchObject([
      {
        link: {
          redirects: ['https://blog.example/a', 'https://blog.example/b'],
          weaknesses: ['the page moved'],
        },
      },
    ]);
  });
});

describe('a lost link', () => {
  test('is one on a page that is there without it', async () => {
    site['blog.example/a'] = page('<p>Words <a href="/x">x</a></p>');
    const { lost } = await verify();
    expect(lost).toMatchObject([
      { link: { state: 'lost', explain: expect.stringContaining('none of its 1 links') } },
    ]);
  });

  test.each([
    ['404', { status: 404 }],
    ['410', { status: 410 }],
    ['a page that says it is not there', '<title>Page not found</title><h1>404</h1>'],
  ])('%s is suspected, and lost a day later', async (_, body: Answer) => {
    site['blog.example/a'] = body;
    expect((await verify()).unknown).toMatchObject([{ link: { state: 'suspect' } }]);
    expect((await verify(undefined, NOW + DAY_MS / 2)).unknown).toHaveLength(1);
    expect((await verify(undefined, NOW + DAY_MS)).lost).toMatchObject([
      { link: { state: 'lost', explain: expect.stringContaining('since 2026-11-21') } },
    ]);
  });

  test('a host that is no more is suspected first', async () => {
    const gone = 'https://gone.example/a';
    expect((await verify(gone)).unknown).toMatchObject([{ link: { state: 'suspect' } }]);
    expect((await verify(gone, NOW + 2 * DAY_MS)).lost).toHaveLength(1);
  });

  test('that came back in between has to be missed for a day again', async () => {
    await verify();
    site['blog.example/a'] = page(link());
    expect((await verify(undefined, NOW + DAY_MS)).live).toHaveLength(1);
    expect(await storage.tables.open(goneLooks).count()).toBe(0);
    delete site['blog.example/a'];
    expect((await verify(undefined, NOW + 2 * DAY_MS)).unknown).toHaveLength(1);
  });
});

describe('nothing is lost because of', () => {
  test.each([
    ['a bad day of the server', { status: 503 }],
    ['a wall before it', { status: 403 }],
    ['too many requests', { status: 429 }],
    ['a broken connection', 'drop'],
    ['a loop', { status: 301, headers: { location: '/a' } }],
    ['a way to nowhere', { status: 301, headers: { location: 'mailto:x@y.example' } }],
    ['a page made by a script', '<body><div id="app"></div><script src="x.js"></script></body>'],
  ] satisfies [string, Answer][])('%s', async (_, body) => {
    site['blog.example/a'] = body;
    const { unknown, lost } = await verify();
    expect(unknown).toMatchObject([{ link: { state: 'unknown' } }]);
    expect(lost).toEqual([]);
    expect(await storage.tables.open(goneLooks).count()).toBe(0);
  });

  test('a private address, which is not visited', async () => {
    const { unknown } = await verify('http://127.0.0.1:1/a');
    expect(unknown).toMatchObject([{ link: { state: 'unknown' } }]);
    expect(calls).toEqual([]);
  });
});

describe('a polite robot', () => {
  test('asks for robots.txt once a site, keeps to it, and pauses between requests', async () => {
    site['blog.example/robots.txt'] = 'User-agent: *\nDisallow: /private\nCrawl-delay: 3';
    site['blog.example/a'] = page(link());
    const { live, unknown } = await run({}, [
      { fromUrl: 'https://blog.example/a', toUrl: OURS },
      { fromUrl: 'https://blog.example/private/b', toUrl: OURS },
      { fromUrl: 'https://blog.example/a', toUrl: OURS },
    ]);
    expect(live).toHaveLength(2);
    expect(unknown).toMatchObject([{ link: { explain: 'robots.txt of blog.example forbids it' } }]);
    expect(calls).toEqual([
      'GET blog.example/robots.txt',
      'GET blog.example/a',
      'GET blog.example/a',
    ]);
    expect(slept).toEqual([3000, 3000]);
  });

  test('stays away where robots.txt cannot be read', async () => {
    site['blog.example/robots.txt'] = { status: 500 };
    site['blog.example/a'] = page(link());
    expect((await verify()).unknown).toHaveLength(1);
    expect(calls).toEqual(['GET blog.example/robots.txt']);
  });
});

test('stored links are verified and written down, a lost one that is back is live again', async () => {
  await storage.tables.open(domains).insert({ name: 'me.example', isOwn: true });
  const common = { fromDomain: 'blog.example', toUrl: OURS, toDomain: 'me.example' };
  await storage.tables.open(backlinks).insertMany([
    { ...common, fromUrl: 'https://blog.example/live', lostAt: NOW - DAY_MS },
    { ...common, fromUrl: 'https://blog.example/lost' },
    { ...common, fromUrl: 'https://blog.example/down', lastSeen: NOW - DAY_MS },
    { ...common, fromUrl: 'https://blog.example/rival', toDomain: 'rival.example' },
  ]);
  site['blog.example/live'] = page(link('rel="ugc"'));
  site['blog.example/lost'] = page('<p>nothing</p>');
  site['blog.example/down'] = { status: 503 };
  const { live, lost, unknown } = await run({ source: 'store' });
  expect([live.length, lost.length, unknown.length]).toEqual([1, 1, 1]);
  const rows = await storage.tables.open(backlinks).find({ orderBy: { fromUrl: 'asc' } });
  expect(rows).toMatchObject([
    { lostAt: null, lastSeen: NOW - DAY_MS },
    { lostAt: null, lastSeen: NOW, rel: 'ugc', anchor: 'good tea', outlinks: 1 },
    { lostAt: NOW },
    { lostAt: null, lastSeen: null },
  ]);
});

describe('broken links of a page', () => {
  const search = (now = NOW) =>
    run({ operation: 'broken' }, [{ url: 'https://blog.example/list' }], now);

  test('are those that are gone, confirmed a day later; others are left alone', async () => {
    site['blog.example/list'] = page(`
      <a href="/here">here</a> <a href="/gone">gone</a> <a href="/gone#again">again</a>
      <a href="https://other.example/gone">far</a> <a href="https://gone.example/">no host</a>
      <a href="/busy">busy</a> <a href="/soft">soft</a> <a href="mailto:x@y.example">mail</a>
      <a href="https://other.example/no-head">no head</a>`);
    site['blog.example/here'] = page('x');
    site['blog.example/busy'] = { status: 503 };
    site['blog.example/soft'] = page('x');
    site['other.example/no-head'] = page('x');
    const { live: broken } = await search();
    expect(
      broken.map(({ url, anchor, isExternal, isConfirmed }) => [
        url,
        anchor,
        isExternal,
        isConfirmed,
      ]),
    ).toEqual([
      ['https://blog.example/gone', 'gone', false, false],
      ['https://other.example/gone', 'far', true, false],
      ['https://gone.example/', 'no host', true, false],
    ]);
    const { live: later } = await search(NOW + DAY_MS);
    expect(later.every(({ isConfirmed }) => isConfirmed)).toBe(true);
    expect(calls.filter((call) => call === 'HEAD blog.example/here')).toHaveLength(2);
    expect(calls).not.toContain('GET blog.example/here');
  });

  test('are looked for up to a limit', async () => {
    site['blog.example/list'] = page(
      Array.from({ length: 30 }, (_, at) => `<a href="/p${at}">x</a>`).join(''),
    );
    const { live } = await run({ operation: 'broken', most: 5 }, [
      { url: 'https://blog.example/list' },
    ]);
    expect(live).toHaveLength(5);
  });

  test('of a page that cannot be read are unknown', async () => {
    site['blog.example/list'] = { status: 500 };
    expect((await search()).unknown).toMatchObject([{ page: 'https://blog.example/list' }]);
  });
});

test.each([
  [{}, { toUrl: OURS }, 'Item 0 has no "fromUrl"'],
  [{}, { fromUrl: 'ftp://x.example', toUrl: OURS }, 'no address of a page'],
  [{ operation: 'broken' }, { url: 'x' }, '"x" is no address of a page'],
  [{ most: 0 }, { fromUrl: OURS, toUrl: OURS }, '"Most" is 0'],
  [{ spacingSeconds: 0 }, { fromUrl: OURS, toUrl: OURS }, '"Seconds Between Requests" is 0'],
])('%j of %j is refused', async (parameters, item, message) => {
  await expect(run(parameters, [item])).rejects.toThrow(message);
});
