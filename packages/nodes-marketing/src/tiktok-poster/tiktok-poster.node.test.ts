import { openTikTokBench, POST_ID } from '@millrace/testing/marketing-fakes';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publications } from '../tables/content.ts';

const START = Date.UTC(2026, 10, 21, 9);
const DAY_MS = 86_400_000;

let bench: Awaited<ReturnType<typeof openTikTokBench>>;
beforeEach(async () => {
  bench = await openTikTokBench(START);
});
afterEach(() => bench.close());

const direct = {
  mode: 'direct',
  title: 'Hi #there',
  privacyLevel: 'PUBLIC_TO_EVERYONE',
  hasConsent: true,
};
const byUrl = { source: 'url', videoUrl: 'https://verified.example/v.mp4' };
const rows = () => bench.tables.open(publications).find();

describe('a post', () => {
  test('is a draft unless it is said otherwise', async () => {
    expect(await bench.run()).toMatchObject([
      { state: 'done', mode: 'draft', account: 'open-1', publishId: 'v_inbox_file~v2.1' },
    ]);
    expect([...bench.tiktok.posts.values()]).toMatchObject([
      { mode: 'draft', received: 1000, info: {} },
    ]);
  });

  test('direct carries caption, privacy and what the creator may; the id stays exact', async () => {
    expect(await bench.run(direct)).toMatchObject([
      { state: 'done', postId: POST_ID, url: expect.stringContaining(POST_ID) },
    ]);
    expect([...bench.tiktok.posts.values()][0]?.info).toMatchObject({
      title: 'Hi #there',
      privacy_level: 'PUBLIC_TO_EVERYONE',
      disable_comment: true,
      disable_duet: true,
      disable_stitch: true,
      brand_content_toggle: false,
      is_aigc: false,
    });
  });

  test('large goes up in chunks of the plan', async () => {
    bench.state.video = new Uint8Array(50_000_123);
    await bench.run();
    const [post] = bench.tiktok.posts.values();
    expect(post).toMatchObject({ chunkSize: 10_000_000, chunkCount: 5, received: 50_000_123 });
    expect(post?.chunks.at(-1)).toEqual({ first: 40_000_000, last: 50_000_122 });
  });

  test('by address is fetched by TikTok', async () => {
    bench.tiktok.state.processingPolls = 2;
    expect(await bench.run(byUrl)).toMatchObject([
      { state: 'done', publishId: 'v_inbox_url~v2.1' },
    ]);
    expect(bench.state.slept).toEqual([2000, 4000]);
  });

  test('of the same key is made once', async () => {
    const more = { key: 'content-1' };
    await bench.run({ more }, { idempotencyKey: 'e1:n:0' });
    await bench.run({ more }, { idempotencyKey: 'e2:n:0' });
    expect(bench.inits()).toBe(1);
  });

  test('that takes longer than the patience is asked after later', async () => {
    bench.tiktok.state.processingPolls = 3;
    expect(await bench.run({ ...direct, more: { waitSeconds: 5 } })).toMatchObject([
      { state: 'processing', url: null },
    ]);
    bench.tiktok.state.processingPolls = 0;
    bench.tiktok.state.isModerating = true;
    expect(await bench.run({ operation: 'check' })).toMatchObject([
      { state: 'done', postId: null },
    ]);
    bench.tiktok.state.isModerating = false;
    expect(await bench.run({ operation: 'check' })).toMatchObject([
      { state: 'done', postId: POST_ID },
    ]);
    expect(await bench.run({ operation: 'check' })).toEqual([]);
  });

  test.each([
    ['without consent', { ...direct, hasConsent: false }, 'has not agreed'],
    ['with a privacy level that is no option', { ...direct, privacyLevel: 'ALL' }, 'privacy level'],
    [
      'of branded content for the creator only',
      { ...direct, privacyLevel: 'SELF_ONLY', more: { brandedContent: true } },
      'Branded content',
    ],
    ['that is too long', { ...direct, more: { durationSeconds: 301 } }, '301 seconds'],
    ['with a caption that is too long', { ...direct, title: 'a'.repeat(2201) }, '2201 characters'],
    ['from an address without TLS', { ...byUrl, videoUrl: 'http://a.example/v.mp4' }, 'https'],
    ['of a field that is not there', { field: 'none' }, 'no file "none"'],
  ])('%s is refused before it begins', async (_, parameters, message) => {
    await expect(bench.run(parameters)).rejects.toThrow(message);
    expect(bench.inits()).toBe(0);
    expect(await rows()).toEqual([]);
  });

  test('shows the creator what may be posted and agreed to', async () => {
    expect(await bench.run({ resource: 'creator', operation: 'get' })).toMatchObject([
      { nickname: 'Acme', privacyLevels: bench.tiktok.state.privacyLevels, maxSeconds: 300 },
    ]);
  });
});

describe('the quota of an account', () => {
  test('five drafts in 24 hours, also for runs side by side', async () => {
    const all = [1, 2, 3, 4, 5, 6, 7].map((n) => bench.run({}, { idempotencyKey: `e${n}:n:0` }));
    const results = await Promise.allSettled(all);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(bench.inits()).toBe(5);
    await expect(bench.run({}, { idempotencyKey: 'e8:n:0' })).rejects.toMatchObject({
      details: { freeAt: START + DAY_MS },
    });
    bench.state.now += DAY_MS;
    await bench.run({}, { idempotencyKey: 'e9:n:0' });
    expect(bench.inits()).toBe(6);
  });
});

describe('two runs of one post', () => {
  test('do not work on it at once; one that was left alone is taken over', async () => {
    const more = { key: 'content-1' };
    const reached = bench.tiktok.holdAfter('upload');
    const stop = new AbortController();
    const first = bench.run({ more }, { idempotencyKey: 'e1:n:0', signal: stop.signal });
    await reached;
    const second = await bench.run({ more }, { idempotencyKey: 'e2:n:0' });
    expect(second).toMatchObject([{ state: 'initiated' }]);
    stop.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(await bench.run({ more }, { idempotencyKey: 'e3:n:0' })).toMatchObject([
      { state: 'done' },
    ]);
    expect(bench.inits()).toBe(1);
  });
});
