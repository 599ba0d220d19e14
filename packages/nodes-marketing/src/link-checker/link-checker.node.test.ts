import { openLinkBench } from '@millrace/testing/marketing-fakes';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backlinks, domains } from '../tables/links.ts';
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

test('stored links are verified and written down, a lost one that is back is live again', async () => {
  await bench.storage.tables.open(domains).insert({ name: 'me.example', isOwn: true });
  const common = { fromDomain: 'blog.example', toUrl: OURS, toDomain: 'me.example' };
  await bench.storage.tables.open(backlinks).insertMany([
    { ...common, fromUrl: 'https://blog.example/live', lostAt: NOW - DAY_MS },
    { ...common, fromUrl: 'https://blog.example/lost' },
    { ...common, fromUrl: 'https://blog.example/down', lastSeen: NOW - DAY_MS },
    { ...common, fromUrl: 'https://blog.example/rival', toDomain: 'rival.example' },
  ]);
  bench.site['blog.example/live'] = page(link('rel="ugc"'));
  bench.site['blog.example/lost'] = page('<p>nothing</p>');
  bench.site['blog.example/down'] = { status: 503 };
  const { live, lost, unknown } = await bench.run({ source: 'store' });
  expect([live.length, lost.length, unknown.length]).toEqual([1, 1, 1]);
  const rows = await bench.storage.tables.open(backlinks).find({ orderBy: { fromUrl: 'asc' } });
  expect(rows).toMatchObject([
    { lostAt: null, lastSeen: NOW - DAY_MS },
    { lostAt: null, lastSeen: NOW, rel: 'ugc', anchor: 'good tea', outlinks: 1 },
    { lostAt: NOW },
    { lostAt: null, lastSeen: null },
  ]);
});

describe('broken links of a page', () => {
  const search = (now = NOW) =>
    bench.run({ operation: 'broken' }, [{ url: 'https://blog.example/list' }], now);

  test('are those that are gone, confirmed a day later; others are left alone', async () => {
    bench.site['blog.example/list'] = page(`
      <a href="/here">here</a> <a href="/gone">gone</a> <a href="/gone#again">again</a>
      <a href="https://other.example/gone">far</a> <a href="https://gone.example/">no host</a>
      <a href="/busy">busy</a> <a href="/soft">soft</a> <a href="mailto:x@y.example">mail</a>
      <a href="https://other.example/no-head">no head</a>`);
    bench.site['blog.example/here'] = page('x');
    bench.site['blog.example/busy'] = { status: 503 };
    bench.site['blog.example/soft'] = page('x');
    bench.site['other.example/no-head'] = page('x');
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
    expect(bench.calls.filter((call) => call === 'HEAD blog.example/here')).toHaveLength(2);
    expect(bench.calls).not.toContain('GET blog.example/here');
  });

  test('are looked for up to a limit', async () => {
    bench.site['blog.example/list'] = page(
      Array.from({ length: 30 }, (_, at) => `<a href="/p${at}">x</a>`).join(''),
    );
    const { live } = await bench.run({ operation: 'broken', most: 5 }, [
      { url: 'https://blog.example/list' },
    ]);
    expect(live).toHaveLength(5);
  });

  test('of a page that cannot be read are unknown', async () => {
    bench.site['blog.example/list'] = { status: 500 };
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
  await expect(bench.run(parameters, [item])).rejects.toThrow(message);
});
