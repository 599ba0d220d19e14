import { operation, p } from '@millrace/workflow/node-api';
import { publications } from '../../tables/content.ts';
import { postStatus } from '../post-status.ts';
import { take } from '../publication.ts';
import { record } from '../publish.ts';
import { TikTokError } from '../tiktok.error.ts';
import { clientOf, outputOf } from './post-video.ts';

const DAY_MS = 86_400_000;

/** Asks after posts TikTok was still working on, and after the addresses of public ones. */
export const checkPosts = operation({
  label: 'Check Posts',
  hint: 'Asks how far posts are that were not done yet',
  params: { limit: p.number({ label: 'Limit', default: 25, min: 1, max: 100 }) },
  async run(run) {
    const { context, idempotencyKey: holder } = run;
    const client = clientOf(run);
    const now = () => context.now();
    const open = await context.tables.open(publications).find({
      where: {
        platform: 'tiktok',
        remoteId: { isNull: false },
        or: [
          { state: { in: ['uploaded', 'processing', 'unknown'] } },
          // Moderation names the public post some time after it is complete.
          { state: 'done', mode: 'direct', url: null, createdAt: { gt: now() - 2 * DAY_MS } },
        ],
      },
      orderBy: { createdAt: 'asc' },
      limit: run.params.limit,
    });
    const outputs: object[] = [];
    for (const row of open) {
      const held = await take(context.tables, row, { holder, now });
      if (!held) continue;
      try {
        outputs.push(outputOf(await record(held, await postStatus(client, row.remoteId ?? ''))));
      } catch (error) {
        if (!(error instanceof TikTokError) || held.row.state !== 'failed') throw error;
        outputs.push(outputOf({ row: held.row }));
      } finally {
        await held.write({ heldUntil: now() });
      }
    }
    return outputs;
  },
});
