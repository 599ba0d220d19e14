import { openLinkBench, type Answer } from '@millrace/testing/marketing-fakes';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { goneLooks } from '../tables/link-checks.ts';
import linkChecker from './link-checker.node.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 21);
const OURS = 'https://me.example/tea';
const page = (body: string, head = ''): string =>
  `<html><head><title>A page</title>${head}</head><body><main>${body}</main></body></html>`;
const link = (more = '', words = 'good tea') => `<p>See <a href="${OURS}" ${more}>${words}</a></p>`;

let bench: Awaited<ReturnType<typeof openLinkBench>>;
beforeEach(async () => {
  bench = await openLinkBench(linkChecker);
});
afterEach(() => bench.close());

const verify = (fromUrl = 'https://blog.example/a', now = NOW) =>
  bench.run({}, [{ fromUrl, toUrl: OURS }], now);

describe('a won link', () => {
  test('in the text is live', async () => {
    bench.site['blog.example/a'] = page(link());
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
    bench.site['blog.example/a'] = body;
    const { live } = await verify();
    expect(live).toMatchObject([{ link: { state: 'live', ...expected } }]);
    expect(Object(live[0]?.['link']).explain).toContain(told);
  });

  test('of several the best one counts', async () => {
    bench.site['blog.example/a'] = page(`<footer>${link('rel="nofollow"')}</footer>${link()}`);
    expect((await verify()).live).toMatchObject([
      { link: { rel: 'follow', placement: 'content', outlinks: 2 } },
    ]);
  });

  test('is found on a page that moved', async () => {
    bench.site['blog.example/a'] = { status: 301, headers: { location: '/b' } };
    bench.site['blog.example/b'] = {
      status: 302,
      headers: { location: 'https://other.example/c' },
    };
    bench.site['other.example/c'] = page(link());
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
    bench.site['blog.example/a'] = page('<p>Words <a href="/x">x</a></p>');
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
    bench.site['blog.example/a'] = body;
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
    bench.site['blog.example/a'] = page(link());
    expect((await verify(undefined, NOW + DAY_MS)).live).toHaveLength(1);
    expect(await bench.storage.tables.open(goneLooks).count()).toBe(0);
    delete bench.site['blog.example/a'];
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
    bench.site['blog.example/a'] = body;
    const { unknown, lost } = await verify();
    expect(unknown).toMatchObject([{ link: { state: 'unknown' } }]);
    expect(lost).toEqual([]);
    expect(await bench.storage.tables.open(goneLooks).count()).toBe(0);
  });

  test('a private address, which is not visited', async () => {
    const { unknown } = await verify('http://127.0.0.1:1/a');
    expect(unknown).toMatchObject([{ link: { state: 'unknown' } }]);
    expect(bench.calls).toEqual([]);
  });
});

describe('a polite robot', () => {
  test('asks for robots.txt once a site, keeps to it, and pauses between requests', async () => {
    bench.site['blog.example/robots.txt'] = 'User-agent: *\nDisallow: /private\nCrawl-delay: 3';
    bench.site['blog.example/a'] = page(link());
    const { live, unknown } = await bench.run({}, [
      { fromUrl: 'https://blog.example/a', toUrl: OURS },
      { fromUrl: 'https://blog.example/private/b', toUrl: OURS },
      { fromUrl: 'https://blog.example/a', toUrl: OURS },
    ]);
    expect(live).toHaveLength(2);
    expect(unknown).toMatchObject([{ link: { explain: 'robots.txt of blog.example forbids it' } }]);
    expect(bench.calls).toEqual([
      'GET blog.example/robots.txt',
      'GET blog.example/a',
      'GET blog.example/a',
    ]);
    expect(bench.slept).toEqual([3000, 3000]);
  });

  test('stays away where robots.txt cannot be read', async () => {
    bench.site['blog.example/robots.txt'] = { status: 500 };
    bench.site['blog.example/a'] = page(link());
    expect((await verify()).unknown).toHaveLength(1);
    expect(bench.calls).toEqual(['GET blog.example/robots.txt']);
  });
});
