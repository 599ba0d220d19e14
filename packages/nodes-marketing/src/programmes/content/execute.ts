import type { NewRow, Tables } from '@millrace/workflow/node-api';
import { loadChannels, type Channel } from '../../content-calendar/channel-rules.ts';
import { findSlots, type Slot, type Wish } from '../../content-calendar/find-slots.ts';
import { createTargetFinder, type OwnPage } from '../../outreach-plan/target-page.ts';
import type { KnownPiece } from '../../content-quality/check-piece.ts';
import { content, schedule } from '../../tables/content.ts';
import { pages } from '../../tables/keywords.ts';
import { domains } from '../../tables/links.ts';
import { plans, type PlanRow } from '../../tables/programmes.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { produce, type Production } from './produce.ts';

const DAY_MS = 86_400_000;
/** A person gets a day to look before the first slot. */
const LEAD_MS = DAY_MS;
const CALENDAR_DAYS = 60;
const LIBRARY = 500;

/** Writes, checks and plans a piece with its posts for each plan of this run; publishing is for channels. */
export async function execute(context: ProgrammeContext, runId: string): Promise<Figures> {
  const { tables, signal } = context;
  const open = await tables.open(plans).find({
    where: { programme: 'content', runId, status: 'planned' },
    orderBy: { priority: 'desc', id: 'asc' },
  });
  const channels = await loadChannels(tables);
  const own = await tables.open(domains).findOne({ isOwn: true });
  const site = { ownDomain: own?.name ?? 'example.com', pageFor: await ownPages(tables) };
  const library = await loadLibrary(tables);
  for (const plan of open) {
    signal.throwIfAborted();
    const made = await produce(context, plan, { ...site, library, channels });
    const { id } = await store(context, { plan, made, channels });
    library.push({ id, ...made.article });
  }
  return countOf(tables, runId);
}

async function ownPages(tables: Tables): Promise<(subject: string) => OwnPage | undefined> {
  const known: OwnPage[] = [];
  for await (const page of tables.open(pages).pages({ columns: ['url', 'title'] }))
    known.push(...page);
  return createTargetFinder(known);
}

async function loadLibrary(tables: Tables): Promise<KnownPiece[]> {
  return tables.open(content).find({
    where: { kind: 'article', status: { not: 'rejected' } },
    columns: ['id', 'title', 'body', 'fingerprint'],
    orderBy: { createdAt: 'desc' },
    limit: LIBRARY,
  });
}

interface Piece {
  readonly plan: PlanRow;
  readonly made: Production;
  readonly channels: readonly Channel[];
}

/** Brief, article, posts, their slots and the plan move together: a run that is cut off makes nothing twice. */
async function store(
  { tables, seed, now }: ProgrammeContext,
  { plan, made, channels }: Piece,
): Promise<{ readonly id: string }> {
  const shared = {
    planId: plan.id,
    trendId: plan.subject,
    keywordId: textOf(plan.details?.['keywordId']),
    priority: plan.priority,
  };
  return tables.transaction(async (inside) => {
    const pieces = inside.open(content);
    const brief = await pieces.insert({ ...shared, kind: 'brief', ...made.brief });
    const article = await pieces.insert({
      ...shared,
      kind: 'article',
      parentId: brief.id,
      ...made.article,
    });
    const wishes: Wish[] = [{ id: article.id, channel: articleChannel(channels) }];
    for (const { channel, text, madeBy } of made.posts) {
      const title = `${plan.title} (${channel})`;
      const post = {
        kind: 'social' as const,
        title,
        body: text,
        madeBy,
        status: 'review' as const,
      };
      const { id } = await pieces.insert({ ...shared, parentId: article.id, ...post });
      wishes.push({ id, channel, after: article.id });
    }
    if (made.isPlaced) {
      const slots = await slotsFor(inside, wishes, { channels, from: now() + LEAD_MS, seed });
      await inside.open(schedule).insertMany(slots.map(slotRow));
    }
    await inside.open(plans).update({ id: plan.id }, { status: 'executing' });
    return article;
  });
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const articleChannel = (channels: readonly Channel[]): string =>
  channels.find(({ kind }) => kind === 'article')?.name ?? 'blog';

async function slotsFor(
  tables: Tables,
  wishes: readonly Wish[],
  {
    channels,
    from,
    seed,
  }: { readonly channels: readonly Channel[]; readonly from: number; readonly seed: number },
): Promise<readonly Slot[]> {
  const taken = await tables.open(schedule).find({
    where: {
      state: { in: ['planned', 'publishing', 'published'] },
      plannedAt: { gte: from - 2 * DAY_MS },
    },
    columns: ['channel', 'plannedAt'],
  });
  const until = from + CALENDAR_DAYS * DAY_MS;
  return findSlots(wishes, channels, { taken, from, until, seed }).slots;
}

const slotRow = ({ id, ...slot }: Slot): NewRow<typeof schedule> => ({ contentId: id, ...slot });

/** What stands after the phase, also when it was begun before and cut off. */
async function countOf(tables: Tables, runId: string): Promise<Figures> {
  const own = await tables
    .open(plans)
    .find({ where: { programme: 'content', runId, status: 'executing' }, columns: ['id'] });
  const rows = await tables.open(content).find({
    where: { planId: { in: own.map(({ id }) => id) } },
    columns: ['id', 'kind', 'status', 'madeBy'],
  });
  const count = (kind: string) => rows.filter((row) => row.kind === kind).length;
  const articles = rows.filter(({ kind }) => kind === 'article');
  return {
    briefs: count('brief'),
    articles: articles.length,
    posts: count('social'),
    scheduled: await tables
      .open(schedule)
      .count({ contentId: { in: rows.map(({ id }) => id) }, state: 'planned' }),
    articlesToReview: articles.filter(({ status }) => status === 'review').length,
    articlesByModel: articles.filter(({ madeBy }) => madeBy === 'model').length,
  };
}
