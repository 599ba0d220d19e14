import { afterAll, beforeAll, expect, test } from 'vitest';
import { readVars } from '../../runtime-ports.ts';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';

const MEMBER = { email: 'member@example.com', password: 'correct horse battery' };
let app: TestApp;
let owner: Record<string, string>;
let member: Record<string, string>;

beforeAll(async () => {
  app = await openTestApp();
  owner = await app.signIn(OWNER);
  await send('POST', '/users', { ...MEMBER, name: 'M', role: 'member' });
  member = await app.signIn(MEMBER);
});
afterAll(() => app.end());

const send = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  body?: unknown,
  headers = owner,
) => app.call({ method, url: `/api/v1${url}`, headers, ...(body !== undefined && { body }) });

test('a variable is made, changed and removed, and expressions see it as $vars', async () => {
  const made = await send('POST', '/variables', { key: 'region', value: 'eu' });
  expect(made).toMatchObject({ status: 201, body: { key: 'region', value: 'eu' } });
  const url = `/variables/${made.body.id}`;
  expect((await send('PATCH', url, { value: 'us' })).body).toEqual({ ...made.body, value: 'us' });
  expect(await readVars(app.services.db)).toEqual({ region: 'us' });
  expect((await send('GET', url)).body.value).toBe('us');
  expect((await send('DELETE', url)).status).toBe(204);
  expect((await send('GET', url)).status).toBe(404);
});

test.each([
  [{ key: '1st', value: '' }, 400],
  [{ key: 'a b', value: '' }, 400],
  [{ key: '', value: '' }, 400],
  [{ key: 'long', value: 'x'.repeat(65_537) }, 400],
  [{ key: 'taken', value: '2' }, 409],
])('%o is refused', async (body, status) => {
  await send('POST', '/variables', { key: 'taken', value: '1' });
  expect((await send('POST', '/variables', body)).status).toBe(status);
});

test('members read variables, admins change them', async () => {
  const { body } = await send('POST', '/variables', { key: 'shared', value: '1' });
  expect((await send('GET', '/variables', undefined, member)).status).toBe(200);
  const change = { value: '2' };
  expect((await send('PATCH', `/variables/${body.id}`, change, member)).status).toBe(403);
  expect((await send('POST', '/variables', { key: 'b', value: '' }, member)).status).toBe(403);
  expect((await send('DELETE', `/variables/${body.id}`, undefined, member)).status).toBe(403);
});
