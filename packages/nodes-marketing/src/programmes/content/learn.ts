import type { Tables } from '@millrace/workflow/node-api';
import { median } from '../../stats/math/describe.ts';
import { content, postMetrics, publications } from '../../tables/content.ts';
import { plans } from '../../tables/programmes.ts';
import { recordLessons } from '../learnings.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { METRIC, subjectOf } from './plan.ts';

const DAY_MS = 86_400_000;
/** Most of a post's views come in its first days. */
const WAIT_MS = 2 * DAY_MS;
/** What is usual is that of so long. */
const WINDOW_MS = 180 * DAY_MS;
const MOST = 3;
const AT_ONCE = 500;

/** Compares the views of published pieces with what is usual on their platforms: 1 as expected, at most 3. */
export async function learn(context: ProgrammeContext): Promise<Figures> {
  const { tables, now } = context;
  await measure(context);
  const measured = await tables.open(plans).find({
    where: { programme: 'content', outcome: { isNull: false }, learnedAt: null },
    limit: 10_000,
  });
  const learned = await recordLessons(
    tables,
    { programme: 'content', metric: METRIC, now: now() },
    measured.map(({ id, kind, outcome }) => ({
      planId: id,
      subject: subjectOf(kind),
      value: outcome ?? 1,
    })),
  );
  return { outcomes: measured.length, learnings: learned.length };
}

async function measure({ tables, now }: ProgrammeContext): Promise<void> {
  const posts = await publishedPosts(tables, now());
  const usual = new Map(
    [...Map.groupBy(posts, ({ platform }) => platform)].map(([platform, own]) => [
      platform,
      median(own.map(({ views }) => views)),
    ]),
  );
  const byContent = Map.groupBy(posts, ({ contentId }) => contentId);
  for await (const page of tables.open(plans).pages({
    where: { programme: 'content', status: 'executing' },
    columns: ['id'],
    size: AT_ONCE,
  })) {
    const pieces = await tables.open(content).find({
      where: { planId: { in: page.map(({ id }) => id) } },
      columns: ['id', 'planId'],
    });
    for (const [planId, own] of Map.groupBy(pieces, (piece) => piece.planId ?? '')) {
      const ratios = own
        .flatMap(({ id }) => byContent.get(id) ?? [])
        .flatMap(({ views, platform }) => {
          const expected = usual.get(platform) ?? 0;
          return expected > 0 ? Math.min(MOST, views / expected) : [];
        });
      if (ratios.length === 0) continue;
      const outcome = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
      await tables.open(plans).update({ id: planId }, { outcome, status: 'done' });
    }
  }
}

interface Post {
  readonly contentId: string;
  readonly platform: string;
  readonly views: number;
}

/** Posts old enough to judge, with the views last counted; those never counted are left out. */
async function publishedPosts(tables: Tables, now: number): Promise<Post[]> {
  const rows: { id: string; contentId: string | null; platform: string }[] = [];
  for await (const page of tables.open(publications).pages({
    where: { state: 'done', createdAt: { gte: now - WINDOW_MS, lte: now - WAIT_MS } },
    columns: ['id', 'contentId', 'platform'],
  }))
    rows.push(...page);
  const posts: Post[] = [];
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const part = rows.slice(start, start + AT_ONCE);
    const counted = await tables.open(postMetrics).groupBy({
      by: ['publicationId'],
      figures: { views: { max: 'views' } },
      where: { publicationId: { in: part.map(({ id }) => id) }, views: { gte: 0 } },
    });
    const views = new Map(counted.map((row) => [row.publicationId, row.views]));
    for (const { id, contentId, platform } of part) {
      const seen = views.get(id);
      if (contentId !== null && typeof seen === 'number')
        posts.push({ contentId, platform, views: seen });
    }
  }
  return posts;
}
