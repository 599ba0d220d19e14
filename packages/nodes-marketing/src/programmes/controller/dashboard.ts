import type { Tables } from '@millrace/workflow/node-api';
import { handoffs } from '../../tables/handoffs.ts';
import { keywords } from '../../tables/keywords.ts';
import { backlinks } from '../../tables/links.ts';
import { outreachMessages, outreachThreads } from '../../tables/outreach.ts';
import { conflicts, learnings, plans, type Programme } from '../../tables/programmes.ts';
import { trends } from '../../tables/trends.ts';
import { portfolio } from '../campaigns/portfolio.ts';
import { latestRun } from '../run-state.ts';
import { programmesHealth } from './health.ts';

const DAY_MS = 86_400_000;
const OUTREACH_DAYS = 30;
const SHOWN = 10;

/** Everything a marketer wants to see first, from stored figures and counts only. */
export async function dashboard(tables: Tables, programmes: readonly Programme[], now: number) {
  const [states, site, trending, outreach, money, work, talks] = await Promise.all([
    programmesHealth(tables, programmes, now),
    searchFigures(tables),
    trendFigures(tables),
    outreachFigures(tables, now),
    portfolio(tables, SHOWN),
    workFigures(tables),
    handoffFigures(tables, now),
  ]);
  const running = money.byStatus.find(({ status }) => status === 'running')?.count ?? 0;
  return {
    at: now,
    tiles: {
      ...site.tiles,
      emergingTrends: trending.emerging,
      plansOpen: work.plansOpen,
      mailsSent: outreach.sent,
      replies: outreach.replies,
      campaignsRunning: running,
      roi: money.total.roi,
      handoffsWaiting: talks.waiting,
    },
    programmes: states,
    opportunities: site.opportunities,
    trends: trending.top,
    outreach,
    campaigns: money,
    learnings: work.learnings,
    conflicts: work.conflicts,
    handoffs: talks,
  };
}

async function searchFigures(tables: Tables) {
  const store = tables.open(keywords);
  const [known, quickWins, opportunities, liveLinks, run] = await Promise.all([
    store.count(),
    store.count({ isQuickWin: true }),
    store.find({
      where: { score: { gt: 0 } },
      columns: [
        'id',
        'text',
        'volume',
        'difficulty',
        'position',
        'score',
        'expectedValue',
        'isQuickWin',
        'status',
      ],
      orderBy: { score: 'desc', id: 'asc' },
      limit: SHOWN,
    }),
    tables.open(backlinks).count({ lostAt: null }),
    latestRun(tables, 'seo'),
  ]);
  return {
    tiles: {
      keywords: known,
      quickWins,
      liveLinks,
      seoHealth: run?.figures?.['health'] ?? null,
    },
    opportunities,
  };
}

async function trendFigures(tables: Tables) {
  const store = tables.open(trends);
  const [emerging, top] = await Promise.all([
    store.count({ stage: 'emerging' }),
    store.find({
      where: { stage: 'emerging' },
      columns: ['id', 'term', 'stage', 'relevance', 'growth', 'isViral', 'hoursToPeak'],
      orderBy: { relevance: 'desc', id: 'asc' },
      limit: SHOWN,
    }),
  ]);
  return { emerging, top };
}

async function outreachFigures(tables: Tables, now: number) {
  const [threads, messages] = await Promise.all([
    tables.open(outreachThreads).groupBy({ by: ['state'], figures: { count: 'count' } }),
    tables.open(outreachMessages).groupBy({
      by: ['direction', 'kind', 'state'],
      figures: { count: 'count' },
      where: { at: { gte: now - OUTREACH_DAYS * DAY_MS } },
    }),
  ]);
  const sum = (fits: (row: (typeof messages)[number]) => boolean) =>
    messages.filter(fits).reduce((total, { count }) => total + count, 0);
  return {
    days: OUTREACH_DAYS,
    sent: sum(({ direction, state }) => direction === 'out' && state === 'sent'),
    replies: sum(({ direction, kind }) => direction === 'in' && kind === 'reply'),
    bounces: sum(({ kind }) => kind === 'bounce'),
    unsubscribed: sum(({ kind }) => kind === 'unsubscribe'),
    threads: Object.fromEntries(threads.map(({ state, count }) => [state, count])),
  };
}

async function workFigures(tables: Tables) {
  const [plansOpen, learned, clashes] = await Promise.all([
    tables.open(plans).count({ status: { in: ['planned', 'executing'] } }),
    tables.open(learnings).find({
      columns: ['id', 'programme', 'subject', 'metric', 'mean', 'sd', 'count', 'updatedAt'],
      orderBy: { updatedAt: 'desc', count: 'desc' },
      limit: SHOWN,
    }),
    tables.open(conflicts).find({ orderBy: { at: 'desc' }, limit: SHOWN }),
  ]);
  return { plansOpen, learnings: learned, conflicts: clashes };
}

async function handoffFigures(tables: Tables, now: number) {
  const store = tables.open(handoffs);
  const [waiting, overdue, claimed] = await Promise.all([
    store.count({ state: 'queued' }),
    store.count({ state: 'queued', answerBy: { lt: now } }),
    store.count({ state: 'human' }),
  ]);
  return { waiting, overdue, claimed };
}
