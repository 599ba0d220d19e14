import type { JsonObject } from '@millrace/workflow/items';
import type { PollContext } from '@millrace/workflow/node-api';
import { expect, test } from 'vitest';
import { jsonOf, runNode } from '../testing/fake-context.ts';
import { rssFeedReadTriggerNode } from './rss-feed-read-trigger.node.ts';

const rss = (...entries: readonly string[]) =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title><link>https://x.test</link>${entries.join('')}</channel></rss>`;
const entry = (id: string) => `<item><title>${id}</title><guid>${id}</guid></item>`;

const FULL = rss(`<item><title>A</title><link>https://x.test/a</link><guid>1</guid>
  <pubDate>Thu, 01 Jan 2026 00:00:00 GMT</pubDate><dc:creator>Ann</dc:creator><category>news</category>
  <description>&lt;p&gt;Fish &amp;amp; chips&lt;/p&gt;</description>
  <enclosure url="https://x.test/f.mp3" length="1" type="audio/mpeg"/></item>`);
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>u</id><updated>2026-01-01T00:00:00Z</updated>
  <entry><id>e1</id><title>E</title><link href="https://x.test/e"/><updated>2026-01-01T00:00:00Z</updated><summary>s</summary></entry></feed>`;
const JSON_FEED = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'T',
  items: [{ id: '1', url: 'https://x.test/1', title: 'J', content_html: '<b>h</b>' }],
});

const answering = (body: string, status = 200) => ({
  request: async ({ url }: { readonly url: string }) => ({
    status,
    statusText: 'OK',
    headers: {},
    body: Buffer.from(body),
    url,
  }),
});
const read = (body: string, status?: number, url = 'https://x.test/feed') =>
  runNode({
    type: 'rssFeedRead',
    parameters: { url },
    inputs: [[{ json: {} }]],
    context: { http: answering(body, status), signal: new AbortController().signal },
  });

test('entries come under the names n8n gives them', async () => {
  expect(jsonOf(await read(FULL))).toEqual([
    {
      creator: 'Ann',
      title: 'A',
      link: 'https://x.test/a',
      pubDate: 'Thu, 01 Jan 2026 00:00:00 GMT',
      content: '<p>Fish &amp; chips</p>',
      contentSnippet: 'Fish & chips',
      guid: '1',
      categories: ['news'],
      enclosure: { url: 'https://x.test/f.mp3', length: 1, type: 'audio/mpeg' },
      isoDate: '2026-01-01T00:00:00.000Z',
    },
  ]);
});

test.each([
  ['Atom', ATOM, { id: 'e1', title: 'E', link: 'https://x.test/e', content: 's' }],
  ['JSON', JSON_FEED, { guid: '1', title: 'J', link: 'https://x.test/1', contentSnippet: 'h' }],
])('%s is read too', async (_, body, expected) => {
  expect(jsonOf(await read(body))).toMatchObject([expected]);
});

test('an empty feed has no entries', async () => {
  expect(jsonOf(await read(rss()))).toEqual([]);
});

test.each([
  ['a page', '<html><body>no</body></html>', 200, 'https://x.test/feed', 'is no feed'],
  ['an error', '', 404, 'https://x.test/feed', 'answered 404'],
  ['no address', FULL, 200, 'feed.xml', 'is no address'],
])('%s is said as such', async (_, body, status, url, message) => {
  await expect(read(body, status, url)).rejects.toThrow(message);
});

const poll = async (body: string, cursor: JsonObject | null) => {
  const [id, name, type] = ['1', 'Feed', 'n8n-nodes-base.rssFeedReadTrigger'];
  const context: Partial<PollContext> = {
    cursor,
    node: { id, name, type, typeVersion: 1, position: [0, 0], parameters: {} },
    http: answering(body),
    signal: new AbortController().signal,
    param<T>() {
      // The caller names the type, as with the engine's own `param`.
      return 'https://x.test/feed' as T;
    },
  };
  // Only what a poll of this node uses.
  const found = await rssFeedReadTriggerNode.poll?.(context as PollContext);
  const titles = found?.outputs[0]?.map(({ json }) => json['title']);
  return { titles, cursor: found?.cursor ?? {} };
};

test('the first look learns, later ones bring what is new, once', async () => {
  const first = await poll(rss(entry('a')), null);
  expect(first.titles).toEqual([]);
  const second = await poll(rss(entry('c'), entry('b'), entry('a')), first.cursor);
  expect(second.titles).toEqual(['c', 'b']);
  expect((await poll(rss(entry('c'), entry('b')), second.cursor)).titles).toEqual([]);
});

test('an entry that goes and comes back is not new', async () => {
  const first = await poll(rss(entry('a'), entry('b')), null);
  const second = await poll(rss(entry('b')), first.cursor);
  expect((await poll(rss(entry('a'), entry('b')), second.cursor)).titles).toEqual([]);
});
