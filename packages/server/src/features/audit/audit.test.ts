import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';

const MEMBER = { email: 'member@example.com', password: 'correct horse battery' };
let app: TestApp;
let owner: Record<string, string>;

beforeAll(async () => {
  app = await openTestApp();
  owner = await app.signIn(OWNER);
  for (const key of ['a', 'b', 'c'])
    await app.call({
      method: 'POST',
      url: '/api/v1/variables',
      body: { key, value: 'hidden' },
      headers: owner,
    });
  await app.call({
    method: 'POST',
    url: '/api/v1/users',
    body: { ...MEMBER, name: 'M', role: 'member' },
    headers: owner,
  });
});
afterAll(() => app.end());

const list = async (query = '', headers = owner) =>
  app.call({ url: `/api/v1/audit${query}`, headers });

test('says who did what to what, the latest first, and never a value', async () => {
  const { body } = await list();
  expect(body.data[0]).toEqual({
    id: expect.any(String),
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    userId: expect.any(String),
    email: OWNER.email,
    action: 'user.create',
    target: expect.any(String),
    details: { role: 'member' },
  });
  expect(body.data[1]).toMatchObject({ action: 'variable.create', details: { key: 'c' } });
  expect(JSON.stringify(body)).not.toContain('hidden');
});

test('is filtered by action, its beginning, target, user and time', async () => {
  const actions = async (query: string) =>
    (await list(query)).body.data.map(({ action }: { action: string }) => action);
  expect(await actions('?action=user.create')).toEqual(['user.create']);
  expect(await actions('?action=variable.')).toEqual(Array(3).fill('variable.create'));
  expect(await actions('?action=variable')).toEqual([]);
  const [{ target, userId, at }] = (await list('?action=user.create')).body.data;
  expect(await actions(`?target=${target}`)).toContain('user.create');
  expect(await actions(`?userId=${userId}&action=variable.`)).toHaveLength(3);
  expect(await actions(`?to=${at}`)).not.toContain('user.create');
  expect(await actions(`?from=${at}`)).toContain('user.create');
  expect((await list('?from=yesterday')).status).toBe(400);
});

test('pages follow each other', async () => {
  const first = (await list('?action=variable.&limit=2')).body;
  const second = (await list(`?action=variable.&limit=2&cursor=${first.nextCursor}`)).body;
  const keys = [...first.data, ...second.data].map(({ details }) => details.key);
  expect(keys).toEqual(['c', 'b', 'a']);
  expect(second.nextCursor).toBeNull();
});

test('members do not see it', async () => {
  expect((await list('', await app.signIn(MEMBER))).status).toBe(403);
});
