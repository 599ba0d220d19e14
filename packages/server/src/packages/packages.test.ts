import {
  c,
  createTable,
  defineJob,
  defineMigration,
  defineNode,
  defineNodePackage,
  defineRoute,
  defineTable,
  type JobContext,
} from '@millrace/workflow/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, OWNER, type TestApp } from '../testing/open-test-app.ts';

const orders = defineTable({
  name: 'shop_orders',
  columns: { id: c.id(), item: c.text(), amount: c.integer() },
  primaryKey: ['id'],
  indexes: [['item']],
});

const manual = defineNode({
  name: 'n8n-nodes-base.manualTrigger',
  label: 'Manual',
  version: 1,
  group: ['trigger'],
  inputs: [],
  params: {},
  execute: () => [[{ json: {} }]],
});
const storeOrder = defineNode({
  name: 'shop.storeOrder',
  label: 'Store order',
  version: 1,
  params: {},
  async execute({ tables, items }) {
    const rows = items().map(({ json }) => ({ item: String(json['item']), amount: 1 }));
    await tables.open(orders).insertMany(rows);
    return [[...items()]];
  },
});

const gates = { first: Promise.withResolvers<void>(), seen: [] as unknown[] };
const slow = defineJob({
  name: 'shop.count',
  async run({ state, save, signal, input, tables }: JobContext) {
    gates.seen.push(state);
    await save({ step: 1 });
    await Promise.race([gates.first.promise, aborted(signal)]);
    signal.throwIfAborted();
    const total = await tables.open(orders).count();
    return { total, asked: input['by'] };
  },
});
const failing = defineJob({
  name: 'shop.fail',
  run: async () => {
    throw new Error('out of stock');
  },
});

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

const routes = [
  defineRoute({
    method: 'GET',
    url: '/orders',
    access: 'shop:read',
    summary: 'Orders of an item',
    query: {
      type: 'object',
      properties: { item: { type: 'string' }, limit: { type: 'integer', maximum: 50 } },
      required: ['item'],
      additionalProperties: false,
    },
    handler: async ({ query, tables }) => ({
      data: await tables.open(orders).find({
        where: { item: query.item },
        columns: ['item', 'amount'],
        limit: query.limit ?? 10,
      }),
      limit: query.limit,
    }),
  }),
  defineRoute({
    method: 'POST',
    url: '/orders',
    access: 'shop:write',
    summary: 'Add an order',
    body: {
      type: 'object',
      properties: { item: { type: 'string', minLength: 1 }, amount: { type: 'integer' } },
      required: ['item', 'amount'],
    },
    status: 201,
    handler: ({ body, tables }) => tables.open(orders).insert(body),
  }),
  defineRoute({
    method: 'POST',
    url: '/orders/count',
    access: 'shop:write',
    summary: 'Count behind',
    status: 202,
    handler: ({ jobs, caller }) => jobs.start('shop.count', { by: caller.role }, { single: true }),
  }),
  defineRoute({
    method: 'POST',
    url: '/orders/run',
    access: 'shop:write',
    summary: 'Start the template',
    status: 202,
    handler: ({ workflows }) => workflows.start({ template: 'shop-order' }, [{ item: 'pen' }]),
  }),
  defineRoute({
    method: 'POST',
    url: '/fail',
    access: 'shop:write',
    summary: 'A job that fails',
    status: 202,
    handler: ({ jobs }) => jobs.start('shop.fail'),
  }),
];

const shop = defineNodePackage({
  name: 'millrace-nodes-shop',
  version: '1.2.3',
  namespace: 'shop',
  nodes: [manual, storeOrder],
  tables: [orders],
  migrations: [defineMigration('0001-orders', [createTable(orders)])],
  routes,
  jobs: [slow, failing],
  templates: [
    {
      id: 'shop-order',
      name: 'Store an order',
      description: 'Keeps what is ordered',
      tags: ['shop'],
      workflow: {
        nodes: [
          { id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', position: [0, 0] },
          { id: '2', name: 'Store', type: 'shop.storeOrder', position: [200, 0] },
        ],
        connections: { Start: { main: [[{ node: 'Store', type: 'main', index: 0 }]] } },
      },
    },
  ],
});

let app: TestApp;
let owner: Record<string, string>;
let member: Record<string, string>;
const MEMBER = { email: 'member@example.com', password: 'correct horse battery' };

beforeAll(async () => {
  app = await openTestApp({ packages: [shop] });
  await app.listen();
  owner = await app.signIn(OWNER);
  await app.call({
    method: 'POST',
    url: '/api/v1/users',
    headers: owner,
    body: { ...MEMBER, name: 'M', role: 'member' },
  });
  member = await app.signIn(MEMBER);
});
afterAll(() => app.end());

const post = (url: string, body: unknown = {}, headers = owner) =>
  app.call({ method: 'POST', url: `/api/v1${url}`, body, headers });
const get = (url: string, headers = owner) => app.call({ url: `/api/v1${url}`, headers });

test('a route reads the address and the body as its schemas say', async () => {
  expect((await post('/shop/orders', { item: 'pen', amount: 2 })).status).toBe(201);
  const { body } = await get('/shop/orders?item=pen&limit=5');
  expect(body).toEqual({ data: [{ item: 'pen', amount: 2 }], limit: 5 });
  const wrong = await post('/shop/orders', { item: '', amount: 'two' });
  expect(wrong).toMatchObject({ status: 400, body: { code: 'RESOURCE_INVALID' } });
  expect((await get('/shop/orders?item=pen&limit=many')).status).toBe(400);
  expect((await get('/shop/orders')).status).toBe(400);
});

test('a route belongs to one project, and asks what the caller is in it', async () => {
  expect((await get('/shop/orders?item=pen', member)).body.data).toEqual([]);
  const { body: team } = await post('/projects', { name: 'Team' });
  const url = `/shop/orders?item=pen&projectId=${team.id}`;
  expect((await get(url, member)).status).toBe(404);
  const { body: users } = await get('/users');
  const { id } = users.data.find(({ email }: { email: string }) => email === MEMBER.email);
  await app.call({
    method: 'PUT',
    url: `/api/v1/projects/${team.id}/members/${id}`,
    headers: owner,
    body: { role: 'viewer' },
  });
  expect((await get(url, member)).status).toBe(200);
  const adding = await post(
    `/shop/orders?projectId=${team.id}`,
    { item: 'pen', amount: 1 },
    member,
  );
  expect(adding.status).toBe(404);
});

test('its routes refuse who is not signed in, and stand in the description', async () => {
  expect((await app.call({ url: '/api/v1/shop/orders?item=pen' })).status).toBe(401);
  const { body } = await get('/openapi.json');
  expect(body.paths['/api/v1/shop/orders'].get).toMatchObject({
    summary: 'Orders of an item',
    parameters: expect.arrayContaining([
      expect.objectContaining({ name: 'limit', schema: expect.objectContaining({ maximum: 50 }) }),
      expect.objectContaining({ name: 'projectId', required: false }),
    ]),
  });
});

test('a job is stored, runs once, and can be watched', async () => {
  const first = await post('/shop/orders/count');
  expect(first.status).toBe(202);
  const again = await post('/shop/orders/count');
  expect(again.body.id).toBe(first.body.id);
  await expect
    .poll(async () => (await get(`/jobs/${first.body.id}`)).body)
    .toMatchObject({
      status: 'running',
      state: { step: 1 },
    });
  gates.first.resolve();
  await expect
    .poll(async () => (await get(`/jobs/${first.body.id}`)).body)
    .toMatchObject({
      status: 'success',
      result: { total: 1, asked: 'owner' },
      finishedAt: expect.any(String),
    });
  expect(gates.seen).toEqual([{}]);
  expect((await get(`/jobs/${first.body.id}`, member)).status).toBe(404);
});

test('a job that fails says why', async () => {
  const { body } = await post('/shop/fail');
  await expect
    .poll(async () => (await get(`/jobs/${body.id}`)).body)
    .toMatchObject({
      status: 'error',
      error: { code: 'NODE_FAILED', message: 'out of stock' },
    });
  expect((await get('/jobs?name=shop.fail')).body.data).toHaveLength(1);
});

test('a canceled job stops', async () => {
  gates.first = Promise.withResolvers<void>();
  const { body } = await post('/shop/orders/count');
  await expect.poll(async () => (await get(`/jobs/${body.id}`)).body.state).toEqual({ step: 1 });
  expect((await post(`/jobs/${body.id}/cancel`)).body).toMatchObject({ status: 'canceled' });
  expect((await post(`/jobs/${body.id}/cancel`)).status).toBe(409);
});

test('templates are listed, shown and made into drafts', async () => {
  const { body } = await get('/templates');
  expect(body.data).toEqual([
    {
      id: 'shop-order',
      name: 'Store an order',
      description: 'Keeps what is ordered',
      tags: ['shop'],
      package: 'millrace-nodes-shop',
      nodeTypes: ['n8n-nodes-base.manualTrigger', 'shop.storeOrder'],
      credentialTypes: [],
    },
  ]);
  expect((await get('/templates/shop-order')).body.workflow.nodes).toHaveLength(2);
  expect((await get('/templates/none')).status).toBe(404);
  const made = await post('/templates/shop-order/use', { name: 'Mine' });
  expect(made).toMatchObject({ status: 201, body: { name: 'Mine', active: false } });
});

test('a route starts the copy of a template, whose node writes to the table of the project', async () => {
  const first = await post('/shop/orders/run');
  expect(first.status).toBe(202);
  await expect
    .poll(async () => (await get('/shop/orders?item=pen')).body.data)
    .toContainEqual({ item: 'pen', amount: 1 });
  const second = await post('/shop/orders/run');
  expect(second.body.workflowId).toBe(first.body.workflowId);
});

test('packages are listed with what they bring', async () => {
  const { body } = await get('/packages', member);
  expect(body.data).toContainEqual({
    name: 'millrace-nodes-shop',
    version: '1.2.3',
    namespace: 'shop',
    nodes: ['n8n-nodes-base.manualTrigger', 'shop.storeOrder'],
    credentials: [],
    tables: ['shop_orders'],
    templates: ['shop-order'],
    jobs: ['shop.count', 'shop.fail'],
  });
});
