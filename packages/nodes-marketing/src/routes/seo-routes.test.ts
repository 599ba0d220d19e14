import { createMemoryStorage } from '@millrace/server/packages';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { clusters, keywords } from '../tables/keywords.ts';
import { listOpportunities } from './seo-routes.ts';

let storage: ReturnType<typeof createMemoryStorage>;

beforeEach(async () => {
  storage = createMemoryStorage([nodesMarketing]);
  const cluster = { name: 'shoes', size: 2, volume: 30, score: 3 };
  const { id } = await storage.tables.open(clusters).insert(cluster);
  await storage.tables
    .open(keywords)
    .insertMany([
      keyword('red shoes', { score: 1, position: 9, clusterId: id }),
      keyword('blue shoes', { score: 3, clusterId: id }),
      keyword('green hats', { score: 2, position: 4 }),
      keyword('no worth', { score: 0, position: 1 }),
    ]);
});
afterEach(() => storage.close());

const keyword = (text: string, more: object) => ({ id: text, text, textNormal: text, ...more });

const list = (query: object) =>
  listOpportunities.handler({
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
    now: () => 0,
  });

test('keywords come by their worth, with the names of their clusters', async () => {
  expect(await list({})).toMatchObject({
    total: 3,
    data: [
      { text: 'blue shoes', cluster: 'shoes' },
      { text: 'green hats', cluster: null },
      { text: 'red shoes', cluster: 'shoes' },
    ],
  });
});

test.each([
  ['asc', ['green hats', 'red shoes', 'blue shoes']],
  ['desc', ['red shoes', 'green hats', 'blue shoes']],
])('sorted by position %s, keywords without one come last', async (direction, order) => {
  const all = await list({ sort: 'position', direction });
  expect(all).toMatchObject({ total: 3, data: order.map((text) => ({ text })) });
  const paged = await Promise.all(
    order.map((_, offset) => list({ sort: 'position', direction, limit: 1, offset })),
  );
  expect(paged).toMatchObject(order.map((text) => ({ data: [{ text }] })));
});

test('a search keeps its total', async () => {
  expect(await list({ search: 'SHOES', sort: 'position' })).toMatchObject({ total: 2 });
});
