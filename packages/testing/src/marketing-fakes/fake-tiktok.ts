import { randomUUID } from 'node:crypto';
import { openService, type ServiceAnswer, type ServiceCall } from './fake-service.ts';
import { beginPost, takeChunk, tellStatus, type FakePost } from './tiktok-posts.ts';

export type TikTokStep = 'init' | 'upload' | 'status';

interface Fault {
  readonly step: TikTokStep | 'creator' | 'user';
  readonly status: number;
  readonly code: string;
  readonly message?: string;
}

/**
 * TikTok's Content Posting API and its token endpoint, with the shapes of its documentation: requests
 * that break its rules get its error words, what was posted can be looked at.
 */
export async function openFakeTikTok() {
  const posts = new Map<string, FakePost>();
  const faults: Fault[] = [];
  const after: { step?: TikTokStep; answer: ServiceAnswer; reached?: () => void } = {
    answer: 'hold',
  };
  const calls: string[] = [];
  const codes = new Set<string>();
  const state = {
    openId: 'open-1',
    access: 'act.1',
    refresh: 'rft.1',
    renewals: 0,
    /** Polls that still find a complete upload being processed. */
    processingPolls: 0,
    failReason: '',
    /** Public posts have an id only when moderation is over. */
    isModerating: false,
    privacyLevels: ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'],
  };
  const baseUrl = 'https://open-upload.tiktokapis.com/video/';

  const service = await openService((call) => {
    const step = stepOf(call);
    calls.push(`${call.method} ${call.path}`);
    if (call.path === '/v2/oauth/token/') return giveTokens(call);
    if (step !== 'upload' && call.headers.authorization !== `Bearer ${state.access}`)
      return failed(401, 'access_token_invalid', 'The access token is invalid or not found');
    const fault = faults.findIndex((each) => each.step === step);
    const [scripted] = fault === -1 ? [] : faults.splice(fault, 1);
    if (scripted) return failed(scripted.status, scripted.code, scripted.message);
    const answer = carryOut(step, call);
    if (after.step !== step) return answer;
    delete after.step;
    after.reached?.();
    return after.answer;
  });

  function carryOut(step: ReturnType<typeof stepOf>, call: ServiceCall): ServiceAnswer {
    switch (step) {
      case 'user':
        return ok({ user: { open_id: state.openId, display_name: 'Acme' } });
      case 'creator':
        return ok({
          creator_avatar_url: 'https://p16.tiktokcdn.example/a.jpeg',
          creator_username: 'acme',
          creator_nickname: 'Acme',
          privacy_level_options: state.privacyLevels,
          comment_disabled: false,
          duet_disabled: false,
          stitch_disabled: true,
          max_video_post_duration_sec: 300,
        });
      case 'init': {
        const begun = beginPost(call, state.privacyLevels);
        if ('code' in begun) return failed(begun.status, begun.code, begun.message);
        const id = `${begun.prefix}~v2.${posts.size + 1}`;
        posts.set(id, begun.post);
        const upload = {
          upload_url: `${baseUrl}?upload_id=${posts.size}&upload_token=${randomUUID()}`,
        };
        return ok({ publish_id: id, ...(begun.post.size > 0 && upload) });
      }
      case 'upload':
        return takeChunk([...posts.values()][Number(call.query.get('upload_id')) - 1], call);
      case 'status': {
        const post = posts.get(String(JSON.parse(call.body.toString())['publish_id']));
        if (!post) return failed(400, 'invalid_params', 'publish_id is invalid');
        return withLongId(ok(tellStatus(post, state)));
      }
      default:
        return failed(404, 'invalid_params', `There is no ${call.path}`);
    }
  }

  function giveTokens({ body, headers }: ServiceCall): ServiceAnswer {
    const form = new URLSearchParams(body.toString());
    const isForm = headers['content-type']?.toString().startsWith('application/x-www-form');
    if (!isForm || form.get('client_key') !== 'key' || form.get('client_secret') !== 'secret')
      return { status: 400, body: { error: 'invalid_client', error_description: '', log_id: 'l' } };
    const isGood =
      form.get('grant_type') === 'refresh_token'
        ? form.get('refresh_token') === state.refresh
        : codes.delete(form.get('code') ?? '');
    if (!isGood) return { status: 400, body: { error: 'invalid_grant', log_id: 'l' } };
    state.renewals++;
    state.access = `act.${randomUUID()}`;
    state.refresh = `rft.${randomUUID()}`;
    const tokens = { access_token: state.access, refresh_token: state.refresh, expires_in: 86_400 };
    return {
      status: 200,
      body: {
        ...tokens,
        open_id: state.openId,
        refresh_expires_in: 31_536_000,
        scope: 'user.info.basic,video.upload,video.publish',
        token_type: 'Bearer',
      },
    };
  }

  return {
    ...service,
    posts,
    calls,
    state,
    /** Answers the next call of a step with an error of TikTok's. */
    fail: (fault: Fault) => void faults.push(fault),
    /** Carries the next call of a step out, and then breaks off, or never answers. */
    dropAfter: (step: TikTokStep) => void Object.assign(after, { step, answer: 'drop' }),
    /** Carries the next call of a step out, and answers something of no use. */
    garbleAfter: (step: TikTokStep, answer: { readonly status: number; readonly body: unknown }) =>
      void Object.assign(after, { step, answer }),
    holdAfter: (step: TikTokStep) =>
      new Promise<void>((reached) => Object.assign(after, { step, answer: 'hold', reached })),
    /** The 24 hours of the token are over. */
    expireAccess: () => void (state.access = `act.${randomUUID()}`),
    /** What the creator does on the consent page: the code that travels back. */
    agree(url: string): { code: string; state: string } | undefined {
      const { searchParams } = new URL(url);
      if (searchParams.get('client_key') !== 'key') return undefined;
      const code = randomUUID();
      codes.add(code);
      return { code, state: searchParams.get('state') ?? '' };
    },
  };
}

function stepOf({ method, path }: ServiceCall): TikTokStep | 'creator' | 'user' | undefined {
  if (method === 'PUT' && path === '/video/') return 'upload';
  if (path === '/v2/user/info/') return 'user';
  if (path === '/v2/post/publish/creator_info/query/') return 'creator';
  if (path === '/v2/post/publish/status/fetch/') return 'status';
  return path.endsWith('/video/init/') ? 'init' : undefined;
}

/** A number too long for JavaScript, as TikTok writes post ids. */
export const POST_ID = '7123456789012345678';

const withLongId = (answer: Exclude<ServiceAnswer, string>): ServiceAnswer => ({
  ...answer,
  body: JSON.stringify(answer.body).replace('"LONG_ID"', POST_ID),
});

const LOG_ID = '202210112248442CB9319E1FB30C1073F3';

const ok = (data: object): Exclude<ServiceAnswer, string> => ({
  status: 200,
  body: { data, error: { code: 'ok', message: '', log_id: LOG_ID } },
});

const failed = (status: number, code: string, message = ''): ServiceAnswer => ({
  status,
  body: { data: {}, error: { code, message, log_id: LOG_ID } },
});
