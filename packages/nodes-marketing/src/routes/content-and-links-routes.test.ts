import { createMemoryStorage } from '@millrace/server/packages';
import type { PackageRoute } from '@millrace/workflow/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { content, schedule } from '../tables/content.ts';
import { prospects } from '../tables/links.ts';
import { outreachThreads } from '../tables/outreach.ts';
import { trends } from '../tables/trends.ts';
import { listTrending, showCalendar } from './content-routes.ts';
import { listLinkOpportunities, listOutreachQueue } from './links-routes.ts';

const NOW = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;

let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(() => {
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

const ask = (route: PackageRoute, query: object = {}) =>
  route.handler({
    params: {},
    query,
    body: {},
    caller: { userId: 'u1', role: 'owner' },
    projectId: 'p1',
    tables: storage.tables,
    jobs: {
      start: async () => ({ id: 'j1' }),
      find: async () => undefined,
      list: async () => [],
      cancel: async () => true,
    },
    workflows: {
      start: async () => ({ executionId: 'e1', workflowId: 'w1' }),
      resume: async () => false,
    },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    now: () => NOW,
  });

test('the calendar shows the days that are named, with the pieces', async () => {
  const piece = await storage.tables.open(content).insert({ kind: 'article', title: 'A' });
  const slot = { contentId: piece.id, channel: 'blog', zone: 'UTC', localTime: '' };
  await storage.tables
    .open(schedule)
    .insertMany(
      [1, 2, 40].map((days) => ({ ...slot, plannedAt: NOW + days * DAY_MS + DAY_MS / 2 })),
    );
  expect(await ask(showCalendar)).toMatchObject({ data: [{ content: { title: 'A' } }, {}] });
  const day = { from: '2026-11-23', to: '2026-11-23' };
  expect(await ask(showCalendar, day)).toMatchObject({
    data: [{ plannedAt: NOW + 2.5 * DAY_MS }],
  });
  expect(await ask(showCalendar, { channel: 'x' })).toMatchObject({ data: [] });
});

test('trending trends are those that were read, the nearest first', async () => {
  const trend = { source: 'search', stage: 'emerging' as const };
  await storage.tables.open(trends).insertMany([
    { ...trend, term: 'far', relevance: 0.1, readAt: NOW },
    { ...trend, term: 'near', relevance: 0.8, readAt: NOW },
    { ...trend, term: 'unread', relevance: 1 },
    { ...trend, term: 'over', stage: 'declining', relevance: 1, readAt: NOW },
  ]);
  expect(await ask(listTrending)).toMatchObject({
    data: [{ term: 'near' }, { term: 'far' }],
    total: 2,
  });
  expect(await ask(listTrending, { minRelevance: 0.5 })).toMatchObject({ total: 1 });
  expect(await ask(listTrending, { stage: 'declining' })).toMatchObject({
    data: [{ term: 'over' }],
  });
});

test('opportunities are those nobody was written to, the best first', async () => {
  await storage.tables.open(prospects).insertMany([
    { kind: 'linkGap', domain: 'a.com', score: 1 },
    { kind: 'journalist', domain: 'b.com', score: 2 },
    { kind: 'linkGap', domain: 'c.com', score: 3, status: 'contacted' },
    { kind: 'linkGap', domain: 'd.com', score: 0 },
  ]);
  expect(await ask(listLinkOpportunities)).toMatchObject({
    data: [{ domain: 'b.com' }, { domain: 'a.com' }],
    total: 2,
  });
  expect(await ask(listLinkOpportunities, { kind: 'linkGap' })).toMatchObject({ total: 1 });
});

test('the queue shows what is still to go out, the next first', async () => {
  const thread = { campaign: 'Gap', subject: 's', body: 'b' };
  await storage.tables.open(outreachThreads).insertMany([
    { ...thread, email: 'late@a.com', dueAt: NOW + DAY_MS },
    { ...thread, email: 'soon@a.com', dueAt: NOW, state: 'waiting', step: 1 },
    { ...thread, email: 'over@a.com', state: 'replied' },
  ]);
  expect(await ask(listOutreachQueue)).toMatchObject({
    data: [{ email: 'soon@a.com' }, { email: 'late@a.com' }],
    total: 2,
  });
  expect(await ask(listOutreachQueue, { campaign: 'other' })).toEqual({
    data: [],
    total: 0,
    campaigns: [],
  });
});

test('a calendar that ends before it begins, and a day that is none, are said', async () => {
  await expect(ask(showCalendar, { from: '2026-11-23', to: '2026-11-20' })).rejects.toMatchObject({
    code: 'RESOURCE_INVALID',
    message: expect.stringContaining('is not after "from"'),
  });
  await expect(ask(showCalendar, { from: '2026-11-21T25:00Z' })).rejects.toThrow(
    '"from" is 2026-11-21T25:00Z, a day that does not exist',
  );
});

test('the queue shows nobody the token by which a contact is known', async () => {
  await storage.tables.open(outreachThreads).insert({
    campaign: 'c',
    email: 'a@b.example',
    subject: 's',
    body: 'b',
    token: 'secret',
    dueAt: NOW,
  });
  expect(JSON.stringify(await ask(listOutreachQueue))).not.toContain('secret');
});

test('every route that answers JSON says in what form', () => {
  const silent = nodesMarketing.routes?.filter(
    ({ response, url }) => !response && !url.endsWith('/export/:table'),
  );
  expect(silent?.map(({ method, url }) => `${method} ${url}`)).toEqual([]);
});
