import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';
import { hashPassword, isPassword } from './password.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ withOwner: false });
});
afterAll(() => app.end());

test('the owner is made once, is signed in, and gets the first project', async () => {
  expect((await app.call({ url: '/api/v1/setup' })).body).toMatchObject({ needsOwner: true });
  const create = { method: 'POST', url: '/api/v1/setup/owner', body: OWNER } as const;
  const [made, again] = await Promise.all([app.call(create), app.call(create)]);
  expect([made.status, again.status].toSorted()).toEqual([201, 409]);
  expect((await app.call({ url: '/api/v1/setup' })).body).toMatchObject({ needsOwner: false });

  const headers = await app.signIn(OWNER);
  const session = await app.call({ url: '/api/v1/session', headers });
  expect(session.body).toMatchObject({ user: { email: OWNER.email, role: 'owner' } });
  const projects = await app.call({ url: '/api/v1/projects', headers });
  expect(projects.body.data).toMatchObject([{ id: session.body.personalProjectId, role: 'admin' }]);
});

test('the session cookie is httpOnly and SameSite, and ends with signing out', async () => {
  const signedIn = await app.call({ method: 'POST', url: '/api/v1/session', body: OWNER });
  const cookie = String(signedIn.headers['set-cookie']);
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  const headers = { cookie: cookie.split(';')[0] ?? '' };
  expect((await app.call({ url: '/api/v1/session', headers })).status).toBe(200);
  expect((await app.call({ method: 'DELETE', url: '/api/v1/session', headers })).status).toBe(204);
  expect((await app.call({ url: '/api/v1/session', headers })).status).toBe(401);
});

test('a wrong password and an unknown user look the same', async () => {
  const wrong = { ...OWNER, password: 'not it at all' };
  const unknown = { email: 'nobody@example.com', password: 'not it at all' };
  const [a, b] = await Promise.all(
    [wrong, unknown].map((body) => app.call({ method: 'POST', url: '/api/v1/session', body })),
  );
  expect(a?.status).toBe(401);
  expect(a?.body).toEqual(b?.body);
});

test('another site cannot act with the cookie', async () => {
  const headers = { ...(await app.signIn(OWNER)), origin: 'https://evil.example' };
  const body = { name: 'x' };
  const reply = await app.call({ method: 'POST', url: '/api/v1/projects', body, headers });
  expect(reply.status).toBe(403);
});

test('an API key speaks for its user until it is deleted', async () => {
  const headers = await app.signIn(OWNER);
  const made = await app.call({
    method: 'POST',
    url: '/api/v1/api-keys',
    body: { name: 'ci' },
    headers,
  });
  const bearer = { authorization: `Bearer ${made.body.key}` };
  expect((await app.call({ url: '/api/v1/session', headers: bearer })).body).toMatchObject({
    user: { email: OWNER.email },
  });
  const listed = await app.call({ url: '/api/v1/api-keys', headers });
  expect(JSON.stringify(listed.body)).not.toContain(made.body.key);
  const url = `/api/v1/api-keys/${made.body.id}`;
  expect((await app.call({ method: 'DELETE', url, headers })).status).toBe(204);
  expect((await app.call({ url: '/api/v1/session', headers: bearer })).status).toBe(401);
});

describe('signing in', () => {
  test('is refused after too many tries', async () => {
    const other = await openTestApp();
    const body = { email: OWNER.email, password: 'wrong password' };
    const answers = [];
    for (let tries = 0; tries < 11; tries++)
      answers.push(await other.call({ method: 'POST', url: '/api/v1/session', body }));
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(401), 429]);
    expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0);
    await other.end();
  });
});

test('an API key that asks too often is told when to come again; sessions and other keys go on', async () => {
  const limited = await openTestApp({ env: { MILLRACE_API_RATE: '3' } });
  const headers = await limited.signIn(OWNER);
  const make = async (name: string) => {
    const body = { name };
    const made = await limited.call({ method: 'POST', url: '/api/v1/api-keys', headers, body });
    return { authorization: `Bearer ${made.body.key}` };
  };
  const [eager, other] = [await make('eager'), await make('other')];
  const ask = (by: Record<string, string>) => limited.call({ url: '/api/v1/session', headers: by });
  const statuses = [];
  for (let count = 0; count < 3; count++) statuses.push((await ask(eager)).status);
  expect(statuses).toEqual([200, 200, 200]);
  const refused = await ask(eager);
  expect(refused).toMatchObject({ status: 429, body: { code: 'ACCESS_RATE_LIMITED' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await ask(other)).status).toBe(200);
  expect((await ask(headers)).status).toBe(200);
  await limited.end();
});

test('passwords are hashed with salt and checked', async () => {
  const [a, b] = await Promise.all([hashPassword('secret'), hashPassword('secret')]);
  expect(a).not.toBe(b);
  expect(await isPassword('secret', a)).toBe(true);
  expect(await isPassword('Secret', a)).toBe(false);
  expect(await isPassword('secret', undefined)).toBe(false);
});
