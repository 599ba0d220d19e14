import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';

const MEMBER = { email: 'Member@Example.com', password: 'another long one' };

let app: TestApp;
let owner: { cookie: string };
let member: { cookie: string };
beforeAll(async () => {
  app = await openTestApp();
  owner = await app.signIn(OWNER);
  await app.call({ method: 'POST', url: '/api/v1/users', body: MEMBER, headers: owner });
  member = await app.signIn({ ...MEMBER, email: 'member@example.com' });
});
afterAll(() => app.end());

test('a user is listed without the password', async () => {
  const { body } = await app.call({ url: '/api/v1/users?limit=1', headers: owner });
  expect(body.data).toHaveLength(1);
  const rest = await app.call({ url: `/api/v1/users?cursor=${body.nextCursor}`, headers: owner });
  expect(rest.body).toMatchObject({ data: [{ email: 'member@example.com' }], nextCursor: null });
  expect(JSON.stringify(rest.body)).not.toContain('scrypt');
});

test('an e-mail is taken once, whatever its case', async () => {
  const body = { ...MEMBER, email: 'MEMBER@example.com' };
  const reply = await app.call({ method: 'POST', url: '/api/v1/users', body, headers: owner });
  expect(reply).toMatchObject({ status: 409, body: { code: 'RESOURCE_CONFLICT' } });
});

test('a member makes no users and cannot become an admin', async () => {
  const body = { email: 'x@example.com', password: 'yet another one' };
  const made = await app.call({ method: 'POST', url: '/api/v1/users', body, headers: member });
  expect(made).toMatchObject({ status: 403, body: { code: 'ACCESS_DENIED' } });
  const { body: me } = await app.call({ url: '/api/v1/session', headers: member });
  const url = `/api/v1/users/${me.user.id}`;
  const patch = await app.call({ method: 'PATCH', url, body: { role: 'owner' }, headers: member });
  expect(patch.status).toBe(403);
  expect(me.scopes).not.toContain('user:create');
  expect(me.scopes).toContain('workflow:create');
});

test('the owner cannot be removed', async () => {
  const { body: me } = await app.call({ url: '/api/v1/session', headers: owner });
  const url = `/api/v1/users/${me.user.id}`;
  expect((await app.call({ method: 'DELETE', url, headers: owner })).status).toBe(409);
});

test('a missing body names the fields it lacks', async () => {
  const reply = await app.call({ method: 'POST', url: '/api/v1/users', headers: owner });
  expect(reply.status).toBe(400);
  expect(reply.body.detail).toContain('email');
});

test('a bad body names where it is bad', async () => {
  const body = { email: 'nobody', password: 'short' };
  const reply = await app.call({ method: 'POST', url: '/api/v1/users', body, headers: owner });
  expect(reply.status).toBe(400);
  expect(reply.headers['content-type']).toContain('application/problem+json');
  const pointers = reply.body.errors.map((error: { pointer: string }) => error.pointer);
  expect(pointers).toEqual(expect.arrayContaining(['/email', '/password']));
});
