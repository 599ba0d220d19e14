import { operation, p, type RunContext, type Values } from '@millrace/workflow/node-api';
import { InputError } from '../../item-fields/input.error.ts';
import { accountId, creatorInfo, postInfo } from '../creator.ts';
import { publish, type Post, type Published } from '../publish.ts';
import type { TikTokClient } from '../tiktok-api.ts';

const VIDEO_TYPES = ['video/mp4', 'video/quicktime', 'video/webm'];
const DIRECT = { mode: ['direct'] };

const params = {
  mode: p.options({
    label: 'Post As',
    default: 'draft',
    choices: [
      { value: 'draft', label: 'Draft', hint: 'Waits in the TikTok inbox of the creator' },
      { value: 'direct', label: 'Post', hint: 'Public at once; the creator has to agree first' },
    ],
  }),
  source: p.options({
    label: 'Video From',
    default: 'file',
    choices: [
      { value: 'file', label: 'File' },
      { value: 'url', label: 'Address', hint: 'Its domain has to be verified at TikTok' },
    ],
  }),
  field: p.string({ label: 'File Field', default: 'data', when: { source: ['file'] } }),
  videoUrl: p.string({ label: 'Video Address', required: true, when: { source: ['url'] } }),
  title: p.text({
    label: 'Caption',
    when: DIRECT,
    hint: 'With #tags and @names; 2,200 characters',
  }),
  privacyLevel: p.string({
    label: 'Privacy Level',
    required: true,
    when: DIRECT,
    placeholder: 'PUBLIC_TO_EVERYONE',
    hint: 'One of those "Get Creator" lists. TikTok forbids apps to choose one beforehand',
  }),
  hasConsent: p.boolean({
    label: 'Creator Agrees',
    when: DIRECT,
    hint: "By posting, you agree to TikTok's Music Usage Confirmation; for branded content also to its Branded Content Policy",
  }),
  more: p.collection({
    label: 'Options',
    fields: {
      key: p.string({
        label: 'Post Key',
        hint: 'The same key is never posted twice; the run itself when empty',
      }),
      allowComment: p.boolean({ label: 'Allow Comments' }),
      allowDuet: p.boolean({ label: 'Allow Duets' }),
      allowStitch: p.boolean({ label: 'Allow Stitches' }),
      brandedContent: p.boolean({ label: 'Branded Content', hint: 'Paid by somebody else' }),
      ownBrand: p.boolean({ label: 'Own Brand' }),
      isAiGenerated: p.boolean({ label: 'Made by AI' }),
      durationSeconds: p.number({ label: 'Length in Seconds', default: 0, min: 0 }),
      coverMs: p.number({ label: 'Cover at (ms)', default: 0, min: 0 }),
      contentId: p.string({ label: 'Content Id', hint: 'Of the content calendar' }),
      postsPerDay: p.number({ label: 'Posts in 24 Hours', default: 15, min: 0 }),
      draftsPerDay: p.number({ label: 'Drafts in 24 Hours', default: 5, min: 0, max: 5 }),
      waitSeconds: p.number({
        label: 'Wait for TikTok (Seconds)',
        default: 120,
        min: 0,
        max: 3600,
      }),
    },
  }),
};

type VideoParams = Values<typeof params>;

/** Posts a video, or puts it into the inbox of the creator as a draft. */
export const postVideo = operation({
  label: 'Post a Video',
  params,
  async run(run) {
    const { context } = run;
    const client = clientOf(run);
    const { mode, more, ...rest } = run.params;
    const info = mode === 'direct' ? await directInfo(client, run.params) : undefined;
    const most = mode === 'draft' ? (more.draftsPerDay ?? 5) : (more.postsPerDay ?? 15);
    const published = await publish({
      tables: context.tables,
      client,
      source: rest.source === 'url' ? urlSource(rest.videoUrl ?? '') : await fileSource(run),
      info,
      patienceMs: (more.waitSeconds ?? 120) * 1000,
      now: () => context.now(),
      asked: {
        key: `tiktok:${more.key || run.idempotencyKey}`,
        account: await accountId(client),
        mode,
        contentId: more.contentId || null,
        most,
        holder: run.idempotencyKey,
        now: context.now(),
      },
    });
    return outputOf(published);
  },
});

/** What a person wants to know of a publication. */
export const outputOf = ({ row, postId }: Published) => ({
  publicationId: row.id,
  key: row.key,
  account: row.account,
  mode: row.mode,
  state: row.state,
  publishId: row.remoteId,
  postId: postId ?? null,
  url: row.url,
  error: row.error,
});

/** TikTok as this run may use it. */
export const clientOf = ({
  http,
  signal,
  context,
}: Pick<RunContext<typeof params>, 'http' | 'signal' | 'context'>): TikTokClient => ({
  http,
  signal,
  sleep: (ms) => context.sleep(ms),
});

async function directInfo(client: TikTokClient, asked: VideoParams): Promise<object> {
  const { more, title = '', privacyLevel = '', hasConsent = false } = asked;
  return postInfo(
    {
      title,
      privacyLevel,
      hasConsent,
      allowComment: more.allowComment ?? false,
      allowDuet: more.allowDuet ?? false,
      allowStitch: more.allowStitch ?? false,
      brandedContent: more.brandedContent ?? false,
      ownBrand: more.ownBrand ?? false,
      isAiGenerated: more.isAiGenerated ?? false,
      durationSeconds: more.durationSeconds ?? 0,
      coverMs: more.coverMs ?? 0,
    },
    await creatorInfo(client),
  );
}

async function fileSource({
  params: { field = 'data' },
  item,
  binary,
}: RunContext<typeof params>): Promise<Post['source']> {
  const file = item.binary?.[field];
  if (!file) throw new InputError(`The item has no file "${field}"`, 'Name the field of the video');
  if (!VIDEO_TYPES.includes(file.mimeType))
    throw new InputError(
      `"${file.fileName ?? field}" is ${file.mimeType}; TikTok takes ${VIDEO_TYPES.join(', ')}`,
      'Give an MP4, MOV or WebM file',
    );
  return { kind: 'file', bytes: await binary.get(file), mimeType: file.mimeType };
}

function urlSource(url: string): Post['source'] {
  if (URL.canParse(url) && url.startsWith('https://')) return { kind: 'url', url };
  throw new InputError(`"${url}" is no https address`, 'TikTok fetches videos over https only');
}
