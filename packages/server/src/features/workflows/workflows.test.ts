import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../app.ts';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';
import { pino } from 'pino';
import { readConfig } from '../../config/index.ts';

const NOTHING = { name: 'Empty', nodes: [], connections: {}, settings: {} };
const UNKNOWN = {
  name: 'Odd',
  nodes: [
    {
      id: 'a',
      name: 'Odd',
      type: 'x.odd',
      typeVersion: 1,
      position: [0, 0],
      parameters: { k: 1 },
      extra: true,
    },
  ],
  connections: {},
  meta: { kept: 'verbatim' },
};

let app: TestApp;
let owner: { cookie: string };
let member: { cookie: string };
beforeAll(async () => {
  app = await openTestApp();
  owner = await app.signIn(OWNER);
  const user = { email: 'm@example.com', password: 'member member' };
  await app.call({ method: 'POST', url: '/api/v1/users', body: user, headers: owner });
  member = await app.signIn(user);
});
afterAll(() => app.end());

const create = async (body: unknown, headers = owner) =>
  (await app.call({ method: 'POST', url: '/api/v1/workflows', body, headers })).body;

test('the app boots without any node', async () => {
  const home = app.home;
  const bare = await createApp(readConfig({ MILLRACE_HOME: `${home}/bare` }), {
    packages: [],
    logger: pino({ level: 'silent' }),
  });
  expect((await bare.http.inject('/readyz')).statusCode).toBe(200);
  await bare.close();
});

test('keys we do not know are kept', async () => {
  const { id } = await create(UNKNOWN);
  const { body } = await app.call({ url: `/api/v1/workflows/${id}`, headers: owner });
  expect(body).toMatchObject({ ...UNKNOWN, revision: 1, active: false });
});

test('a save needs the revision it was read at', async () => {
  const made = await create(NOTHING);
  const url = `/api/v1/workflows/${made.id}`;
  const save = (body: object) => app.call({ method: 'PUT', url, body, headers: owner });
  expect((await save({ ...NOTHING, name: 'One' })).status).toBe(400);
  const saved = await save({ ...NOTHING, name: 'One', revision: made.revision });
  expect(saved.body).toMatchObject({ name: 'One', revision: 2 });
  const late = await save({ ...NOTHING, name: 'Two', revision: made.revision });
  expect(late).toMatchObject({ status: 409, body: { code: 'RESOURCE_CONFLICT' } });
  expect((await app.call({ url, headers: owner })).body.name).toBe('One');
});

test('lists in pages, newest first, by name', async () => {
  for (const name of ['page a', 'page b', 'page c']) await create({ ...NOTHING, name });
  const url = '/api/v1/workflows?name=page&limit=2';
  const first = await app.call({ url, headers: owner });
  expect(first.body.data.map((row: { name: string }) => row.name)).toEqual(['page c', 'page b']);
  const next = await app.call({ url: `${url}&cursor=${first.body.nextCursor}`, headers: owner });
  expect(next.body.data.map((row: { name: string }) => row.name)).toEqual(['page a']);
  expect(next.body.nextCursor).toBe(null);
});

test('publishing keeps versions, and one can be restored', async () => {
  const { id } = await create({ ...NOTHING, name: 'v1' });
  const at = (path = '') => `/api/v1/workflows/${id}${path}`;
  const post = (path: string) => app.call({ method: 'POST', url: at(path), headers: owner });
  expect((await post('/publish')).body).toMatchObject({
    active: true,
    hasUnpublishedChanges: false,
  });
  const body = { ...NOTHING, name: 'v2', revision: 1 };
  const saved = await app.call({ method: 'PUT', url: at(), body, headers: owner });
  expect(saved.body).toMatchObject({ active: true, hasUnpublishedChanges: true });
  await post('/activate');
  const versions = await app.call({ url: at('/versions'), headers: owner });
  expect(versions.body.data).toMatchObject([
    { number: 2, name: 'v2', isPublished: true },
    { number: 1, name: 'v1', isPublished: false },
  ]);
  expect((await post('/versions/1/restore')).body).toMatchObject({ name: 'v1', revision: 3 });
  expect((await post('/unpublish')).body).toMatchObject({ active: false });
});

test('a workflow with an unknown node is not published, and says why', async () => {
  const { id } = await create(UNKNOWN);
  const url = `/api/v1/workflows/${id}/publish`;
  const reply = await app.call({ method: 'POST', url, headers: owner });
  expect(reply.status).toBe(422);
  expect(JSON.stringify(reply.body.details)).toContain('Odd');
  const { body } = await app.call({ url: `/api/v1/workflows/${id}/problems`, headers: owner });
  expect(body.data).toMatchObject([{ node: 'Odd', severity: 'error' }]);
});

test('a note on the canvas does not stand in the way of publishing', async () => {
  const note = { ...UNKNOWN.nodes[0], type: 'n8n-nodes-base.stickyNote' };
  const { id } = await create({ ...NOTHING, nodes: [note] });
  const url = `/api/v1/workflows/${id}/publish`;
  expect((await app.call({ method: 'POST', url, headers: owner })).status).toBe(200);
});

test('another member sees nothing of it: absent and forbidden look the same', async () => {
  const { id } = await create(NOTHING);
  const hidden = await app.call({ url: `/api/v1/workflows/${id}`, headers: member });
  const absent = await app.call({ url: '/api/v1/workflows/none', headers: member });
  expect(hidden.status).toBe(404);
  expect(hidden.body).toEqual(JSON.parse(JSON.stringify(absent.body).replaceAll('none', id)));
  const list = await app.call({ url: '/api/v1/workflows', headers: member });
  expect(list.body.data).toEqual([]);
});

test('a viewer of a project reads its workflows and changes none', async () => {
  const project = { method: 'POST', url: '/api/v1/projects', body: { name: 'Team' } } as const;
  const { id: projectId } = (await app.call({ ...project, headers: owner })).body;
  const { user } = (await app.call({ url: '/api/v1/session', headers: member })).body;
  const members = `/api/v1/projects/${projectId}/members/${user.id}`;
  await app.call({ method: 'PUT', url: members, body: { role: 'viewer' }, headers: owner });
  const { id } = await create({ ...NOTHING, projectId });
  const url = `/api/v1/workflows/${id}`;
  expect((await app.call({ url, headers: member })).status).toBe(200);
  expect((await app.call({ method: 'DELETE', url, headers: member })).status).toBe(404);
  expect((await app.call({ method: 'DELETE', url, headers: owner })).status).toBe(204);
});
