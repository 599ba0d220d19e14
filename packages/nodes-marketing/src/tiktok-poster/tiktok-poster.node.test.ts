import { createMemoryStorage } from '@millrace/server/packages';
import {
  mappedHttp,
  openFakeTikTok,
  POST_ID,
  runMarketingNode,
  type TikTokStep,
} from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { publications } from '../tables/content.ts';
import tiktokPoster from './tiktok-poster.node.ts';

const START = Date.UTC(2026, 10, 21, 9);
const DAY_MS = 86_400_000;

let tiktok: Awaited<ReturnType<typeof openFakeTikTok>>;
let storage: ReturnType<typeof createMemoryStorage>;
let http: ReturnType<typeof mappedHttp>;
let now = START;
let slept: number[] = [];
let video = new Uint8Array(1000);

beforeEach(async () => {
  now = START;
  slept = [];
  video = new Uint8Array(1000);
  storage = createMemoryStorage([nodesMarketing]);
  tiktok = await openFakeTikTok();
  http = mappedHttp(
    { 'open.tiktokapis.com': tiktok.url, 'open-upload.tiktokapis.com': tiktok.url },
    tokens,
  );
});
afterEach(async () => {
  await storage.close();
  await http.close();
  await tiktok.close();
});

/** The server's part: it keeps the token and renews it when TikTok answers 401. */
const tokens = {
  held: 'act.1',
  current: () => tokens.held,
  renew: () => (tokens.held = tiktok.state.access),
};
beforeEach(() => void (tokens.held = 'act.1'));

const run = (parameters: JsonObject = {}, context: Partial<ExecuteContext> = {}) =>
  runMarketingNode({
    node: tiktokPoster,
    items: [{ json: {}, binary: { data: { data: '', mimeType: 'video/mp4', fileName: 'a.mp4' } } }],
    parameters: { resource: 'video', operation: 'post', ...parameters },
    context: {
      tables: storage.tables,
      http,
      binary: { get: async () => video, put: () => Promise.reject(new Error('not used')) },
      now: () => now,
      sleep: async (ms) => {
        slept.push(ms);
        now += ms;
      },
      ...context,
    },
  });
const direct = {
  mode: 'direct',
  title: 'Hi #there',
  privacyLevel: 'PUBLIC_TO_EVERYONE',
  hasConsent: true,
};
const byUrl = { source: 'url', videoUrl: 'https://verified.example/v.mp4' };
const rows = () => storage.tables.open(publications).find();
const inits = () => tiktok.calls.filter((call) => call.endsWith('/video/init/')).length;

describe('a post', () => {
  test('is a draft unless it is said otherwise', async () => {
    expect(await run()).toMatchObject([
      { state: 'done', mode: 'draft', account: 'open-1', publishId: 'v_inbox_file~v2.1' },
    ]);
    expect([...tiktok.posts.values()]).toMatchObject([{ mode: 'draft', received: 1000, info: {} }]);
  });

  test('direct carries caption, privacy and what the creator may; the id stays exact', async () => {
    expect(await run(direct)).toMatchObject([
      { state: 'done', postId: POST_ID, url: expect.stringContaining(POST_ID) },
    ]);
    expect([...tiktok.posts.values()][0]?.info).toMatchObject({
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
    video = new Uint8Array(50_000_123);
    await run();
    const [post] = tiktok.posts.values();
    expect(post).toMatchObject({ chunkSize: 10_000_000, chunkCount: 5, received: 50_000_123 });
    expect(post?.chunks.at(-1)).toEqual({ first: 40_000_000, last: 50_000_122 });
  });

  test('by address is fetched by TikTok', async () => {
    tiktok.state.processingPolls = 2;
    expect(await run(byUrl)).toMatchObject([{ state: 'done', publishId: 'v_inbox_url~v2.1' }]);
    expect(slept).toEqual([2000, 4000]);
  });

  test('of the same key is made once', async () => {
    const more = { key: 'content-1' };
    await run({ more }, { idempotencyKey: 'e1:n:0' });
    await run({ more }, { idempotencyKey: 'e2:n:0' });
    expect(inits()).toBe(1);
  });

  test('that takes longer than the patience is asked after later', async () => {
    tiktok.state.processingPolls = 3;
    expect(await run({ ...direct, more: { waitSeconds: 5 } })).toMatchObject([
      { state: 'processing', url: null },
    ]);
    tiktok.state.processingPolls = 0;
    tiktok.state.isModerating = true;
    expect(await run({ operation: 'check' })).toMatchObject([{ state: 'done', postId: null }]);
    tiktok.state.isModerating = false;
    expect(await run({ operation: 'check' })).toMatchObject([{ state: 'done', postId: POST_ID }]);
    expect(await run({ operation: 'check' })).toEqual([]);
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
    await expect(run(parameters)).rejects.toThrow(message);
    expect(inits()).toBe(0);
    expect(await rows()).toEqual([]);
  });

  test('shows the creator what may be posted and agreed to', async () => {
    expect(await run({ resource: 'creator', operation: 'get' })).toMatchObject([
      { nickname: 'Acme', privacyLevels: tiktok.state.privacyLevels, maxSeconds: 300 },
    ]);
  });
});

describe('the quota of an account', () => {
  test('five drafts in 24 hours, also for runs side by side', async () => {
    const all = [1, 2, 3, 4, 5, 6, 7].map((n) => run({}, { idempotencyKey: `e${n}:n:0` }));
    const results = await Promise.allSettled(all);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(inits()).toBe(5);
    await expect(run({}, { idempotencyKey: 'e8:n:0' })).rejects.toMatchObject({
      details: { freeAt: START + DAY_MS },
    });
    now += DAY_MS;
    await run({}, { idempotencyKey: 'e9:n:0' });
    expect(inits()).toBe(6);
  });
});

describe('errors of TikTok', () => {
  test.each([
    [400, 'invalid_params'],
    [400, 'invalid_file_upload'],
    [400, 'privacy_level_option_mismatch'],
    [401, 'scope_not_authorized'],
    [401, 'scope_permission_missed'],
    [403, 'url_ownership_unverified'],
    [403, 'unaudited_client_can_only_post_to_private_accounts'],
    [403, 'reached_active_user_cap'],
    [403, 'app_version_check_failed'],
    [403, 'spam_risk_too_many_posts'],
    [403, 'spam_risk_too_many_pending_share'],
    [403, 'spam_risk_user_banned_from_posting'],
    [403, 'spam_risk'],
  ])('%i %s ends the post at once', async (status, code) => {
    tiktok.fail({ step: 'init', status, code });
    // The credential signs anew after a 401, and hears the same.
    if (status === 401) tiktok.fail({ step: 'init', status, code });
    await expect(run(direct)).rejects.toMatchObject({
      code: 'NODE_SERVICE_FAILED',
      details: { reason: code, problem: 'permanent' },
    });
    expect(await rows()).toMatchObject([{ state: 'failed' }]);
    expect([slept, tiktok.posts.size]).toEqual([[], 0]);
  });

  test('rate_limit_exceeded waits and tries again', async () => {
    tiktok.fail({ step: 'init', status: 429, code: 'rate_limit_exceeded' });
    tiktok.fail({ step: 'status', status: 429, code: 'rate_limit_exceeded' });
    expect(await run()).toMatchObject([{ state: 'done' }]);
    expect(slept).toEqual([10_000, 10_000]);
  });

  test('internal_error tries again, but not where that could post twice', async () => {
    tiktok.fail({ step: 'init', status: 500, code: 'internal_error' });
    expect(await run()).toMatchObject([{ state: 'done' }]);
    tiktok.fail({ step: 'init', status: 500, code: 'internal_error' });
    const posted = await run({ ...direct, ...byUrl }, { idempotencyKey: 'e2:n:0' });
    expect(posted).toMatchObject([{ state: 'unknown' }]);
    expect(tiktok.posts.size).toBe(1);
  });

  test('access_token_invalid: a token that ends between post and poll is renewed', async () => {
    tiktok.state.processingPolls = 1;
    const sleep = async () => tiktok.expireAccess();
    expect(await run(direct, { sleep })).toMatchObject([{ state: 'done' }]);
    expect(inits()).toBe(1);
  });

  test('access_token_invalid for good says to connect again, and nothing is lost', async () => {
    tiktok.state.processingPolls = 1;
    const sleep = async () => {
      tiktok.fail({ step: 'status', status: 401, code: 'access_token_invalid' });
      tiktok.fail({ step: 'status', status: 401, code: 'access_token_invalid' });
    };
    await expect(run({}, { sleep })).rejects.toMatchObject({ details: { problem: 'auth' } });
    expect(await rows()).toMatchObject([{ state: 'processing' }]);
    expect(await run()).toMatchObject([{ state: 'done' }]);
    expect(inits()).toBe(1);
  });

  test.each([
    'file_format_check_failed',
    'duration_check_failed',
    'frame_rate_check_failed',
    'picture_size_check_failed',
    'video_pull_failed',
    'spam_risk_text',
    'internal',
  ])('fail_reason %s is told, and the post may be made anew', async (failReason) => {
    tiktok.state.failReason = failReason;
    await expect(run()).rejects.toMatchObject({ details: { reason: failReason } });
    expect(await rows()).toMatchObject([{ state: 'failed', error: failReason }]);
    tiktok.state.failReason = '';
    expect(await run()).toMatchObject([{ state: 'done' }]);
  });

  test('an upload address that has expired fails the post; the next run begins anew', async () => {
    tiktok.fail({ step: 'upload', status: 403, code: 'expired' });
    await expect(run()).rejects.toMatchObject({ details: { reason: 'upload_url_expired' } });
    expect(await run()).toMatchObject([{ state: 'done' }]);
    expect([...tiktok.posts.values()].map(({ received }) => received)).toEqual([0, 1000]);
  });

  test('a chunk TikTok does not take is sent again from where TikTok is', async () => {
    video = new Uint8Array(20_000_000);
    tiktok.fail({ step: 'upload', status: 500, code: 'oh' });
    tiktok.fail({ step: 'upload', status: 416, code: 'range' });
    expect(await run()).toMatchObject([{ state: 'done' }]);
    expect([...tiktok.posts.values()][0]?.chunks).toHaveLength(2);
  });
});

describe('no answer after TikTok did what it was asked', () => {
  test.each<[TikTokStep, JsonObject, string, number]>([
    ['init', {}, 'done', 2], // the first was never uploaded to: no post comes of it
    ['init', byUrl, 'unknown', 1],
    ['upload', {}, 'done', 1],
    ['status', {}, 'done', 1],
  ])('to %s (%o): %s', async (step, parameters, state, begun) => {
    tiktok.dropAfter(step);
    expect(await run(parameters)).toMatchObject([{ state }]);
    expect(await run(parameters)).toMatchObject([{ state }]);
    expect(tiktok.posts.size).toBe(begun);
    const complete = [...tiktok.posts.values()].filter(({ received, size }) => received === size);
    expect(complete).toHaveLength(1);
  });
});

describe('two runs of one post', () => {
  test('do not work on it at once; one that was left alone is taken over', async () => {
    const more = { key: 'content-1' };
    const reached = tiktok.holdAfter('upload');
    const stop = new AbortController();
    const first = run({ more }, { idempotencyKey: 'e1:n:0', signal: stop.signal });
    await reached;
    const second = await run({ more }, { idempotencyKey: 'e2:n:0' });
    expect(second).toMatchObject([{ state: 'initiated' }]);
    stop.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(await run({ more }, { idempotencyKey: 'e3:n:0' })).toMatchObject([{ state: 'done' }]);
    expect(inits()).toBe(1);
  });
});
