import { openTikTokBench, type TikTokStep } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publications } from '../tables/content.ts';

const START = Date.UTC(2026, 10, 21, 9);

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
    bench.tiktok.fail({ step: 'init', status, code });
    // The credential signs anew after a 401, and hears the same.
    if (status === 401) bench.tiktok.fail({ step: 'init', status, code });
    await expect(bench.run(direct)).rejects.toMatchObject({
      code: 'NODE_SERVICE_FAILED',
      details: { reason: code, problem: 'permanent' },
    });
    expect(await rows()).toMatchObject([{ state: 'failed' }]);
    expect([bench.state.slept, bench.tiktok.posts.size]).toEqual([[], 0]);
  });

  test('rate_limit_exceeded waits and tries again', async () => {
    bench.tiktok.fail({ step: 'init', status: 429, code: 'rate_limit_exceeded' });
    bench.tiktok.fail({ step: 'status', status: 429, code: 'rate_limit_exceeded' });
    expect(await bench.run()).toMatchObject([{ state: 'done' }]);
    expect(bench.state.slept).toEqual([10_000, 10_000]);
  });

  test('rate_limit_exceeded for good: the post fails before it begins, or is asked after later', async () => {
    const limit = (step: TikTokStep) => {
      for (let n = 0; n < 4; n++)
        bench.tiktok.fail({ step, status: 429, code: 'rate_limit_exceeded' });
    };
    limit('init');
    await expect(bench.run()).rejects.toMatchObject({ details: { problem: 'rate' } });
    expect(await rows()).toMatchObject([{ state: 'failed' }]);
    expect(bench.state.slept).toEqual([10_000, 20_000, 40_000]);
    limit('status');
    await expect(bench.run()).rejects.toMatchObject({ details: { problem: 'rate' } });
    expect(await rows()).toMatchObject([{ state: 'uploaded' }]);
    expect(await bench.run()).toMatchObject([{ state: 'done' }]);
    expect(bench.tiktok.posts.size).toBe(1);
  });

  test.each([
    [401, 'scope_not_authorized'],
    [403, 'reached_active_user_cap'],
    [403, 'spam_risk_too_many_posts'],
    [403, 'spam_risk_user_banned_from_posting'],
  ])('%i %s, asked what the creator may: nothing is begun', async (status, code) => {
    bench.tiktok.fail({ step: 'creator', status, code });
    if (status === 401) bench.tiktok.fail({ step: 'creator', status, code });
    await expect(bench.run(direct)).rejects.toMatchObject({ details: { reason: code } });
    expect([await rows(), bench.inits()]).toEqual([[], 0]);
  });

  test('a long message is cut before it is kept', async () => {
    const message = 'x'.repeat(10_000);
    bench.tiktok.fail({ step: 'init', status: 400, code: 'invalid_params', message });
    await expect(bench.run()).rejects.toThrow('invalid_params');
    const [row] = await rows();
    expect(row?.error?.length).toBeLessThan(4100);
  });

  test('internal_error tries again, but not where that could post twice', async () => {
    bench.tiktok.fail({ step: 'init', status: 500, code: 'internal_error' });
    expect(await bench.run()).toMatchObject([{ state: 'done' }]);
    bench.tiktok.fail({ step: 'init', status: 500, code: 'internal_error' });
    const posted = await bench.run({ ...direct, ...byUrl }, { idempotencyKey: 'e2:n:0' });
    expect(posted).toMatchObject([{ state: 'unknown' }]);
    expect(bench.tiktok.posts.size).toBe(1);
  });

  test('access_token_invalid: a token that ends between post and poll is renewed', async () => {
    bench.tiktok.state.processingPolls = 1;
    const sleep = async () => bench.tiktok.expireAccess();
    expect(await bench.run(direct, { sleep })).toMatchObject([{ state: 'done' }]);
    expect(bench.inits()).toBe(1);
  });

  test('access_token_invalid for good says to connect again, and nothing is lost', async () => {
    bench.tiktok.state.processingPolls = 1;
    const sleep = async () => {
      bench.tiktok.fail({ step: 'status', status: 401, code: 'access_token_invalid' });
      bench.tiktok.fail({ step: 'status', status: 401, code: 'access_token_invalid' });
    };
    await expect(bench.run({}, { sleep })).rejects.toMatchObject({ details: { problem: 'auth' } });
    expect(await rows()).toMatchObject([{ state: 'processing' }]);
    expect(await bench.run()).toMatchObject([{ state: 'done' }]);
    expect(bench.inits()).toBe(1);
  });

  test.each([
    'file_format_check_failed',
    'duration_check_failed',
    'frame_rate_check_failed',
    'picture_size_check_failed',
    'video_pull_failed',
    'photo_pull_failed',
    'publish_cancelled',
    'auth_removed',
    'spam_risk',
    'spam_risk_text',
    'spam_risk_too_many_posts',
    'spam_risk_user_banned_from_posting',
    'internal',
  ])('fail_reason %s is told, and the post may be made anew', async (failReason) => {
    bench.tiktok.state.failReason = failReason;
    await expect(bench.run()).rejects.toMatchObject({ details: { reason: failReason } });
    expect(await rows()).toMatchObject([{ state: 'failed', error: failReason }]);
    bench.tiktok.state.failReason = '';
    expect(await bench.run()).toMatchObject([{ state: 'done' }]);
  });

  test.each([
    [403, 1, 'upload_url_expired'],
    [404, 1, 'upload_url_expired'],
    [410, 1, 'upload_url_expired'],
    [400, 1, 'upload_failed'],
    [503, 5, 'upload_failed'],
  ])(
    'an upload answered %i, %i times, fails; the next run begins anew',
    async (status, times, reason) => {
      for (let n = 0; n < times; n++) bench.tiktok.fail({ step: 'upload', status, code: 'x' });
      await expect(bench.run()).rejects.toMatchObject({ details: { reason } });
      expect(await rows()).toMatchObject([{ state: 'failed' }]);
      expect(await bench.run()).toMatchObject([{ state: 'done' }]);
      expect([...bench.tiktok.posts.values()].map(({ received }) => received)).toEqual([0, 1000]);
    },
  );

  test('a chunk TikTok does not take is sent again from where TikTok is', async () => {
    bench.state.video = new Uint8Array(20_000_000);
    bench.tiktok.fail({ step: 'upload', status: 500, code: 'oh' });
    bench.tiktok.fail({ step: 'upload', status: 416, code: 'range' });
    expect(await bench.run()).toMatchObject([{ state: 'done' }]);
    expect([...bench.tiktok.posts.values()][0]?.chunks).toHaveLength(2);
  });
});

describe('no answer after TikTok did what it was asked', () => {
  test.each<[TikTokStep, JsonObject, string, number]>([
    ['init', {}, 'done', 2], // the first was never uploaded to: no post comes of it
    ['init', byUrl, 'unknown', 1],
    ['upload', {}, 'done', 1],
    ['status', {}, 'done', 1],
  ])('to %s (%o): %s', async (step, parameters, state, begun) => {
    bench.tiktok.dropAfter(step);
    expect(await bench.run(parameters)).toMatchObject([{ state }]);
    expect(await bench.run(parameters)).toMatchObject([{ state }]);
    expect(bench.tiktok.posts.size).toBe(begun);
    const complete = [...bench.tiktok.posts.values()].filter(
      ({ received, size }) => received === size,
    );
    expect(complete).toHaveLength(1);
  });
});

describe('an answer that cannot be read after TikTok did what it was asked', () => {
  const page = '<html>We will be back soon</html>';
  const ok = { code: 'ok', message: '', log_id: 'l' };
  test.each<[TikTokStep, JsonObject, number, unknown, string, number]>([
    ['init', {}, 200, page, 'done', 2],
    ['init', {}, 200, { data: {}, error: ok }, 'failed', 1],
    ['init', byUrl, 200, page, 'unknown', 1],
    ['init', byUrl, 200, {}, 'unknown', 1],
    ['init', byUrl, 200, { data: {}, error: ok }, 'unknown', 1],
    ['init', byUrl, 408, page, 'unknown', 1],
    ['init', byUrl, 502, page, 'unknown', 1],
    ['init', byUrl, 504, '', 'unknown', 1],
    ['status', {}, 200, page, 'done', 1],
    ['status', byUrl, 502, page, 'done', 1],
  ])('to %s (%o): %i %o', async (step, parameters, status, body, state, begun) => {
    bench.tiktok.garbleAfter(step, { status, body });
    await bench.run(parameters).catch(() => []);
    expect(await rows()).toMatchObject([{ state }]);
    expect(bench.tiktok.posts.size).toBe(begun);
    if (state === 'unknown') {
      expect(await bench.run(parameters)).toMatchObject([{ state }]);
      expect(bench.tiktok.posts.size).toBe(begun);
    }
  });
});
