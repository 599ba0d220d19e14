import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessPlugin, errorsPlugin } from './platform/index.ts';
import { openTestApp, OWNER, type TestApp } from './testing/open-test-app.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

let app: TestApp;
let routes: { method: (typeof METHODS)[number]; url: string }[];
beforeAll(async () => {
  app = await openTestApp();
  await app.http.ready();
  routes = Object.entries(app.http.swagger().paths ?? {}).flatMap(([url, operations]) =>
    METHODS.filter((method) => operations && method.toLowerCase() in operations).map((method) => ({
      method,
      url: url.replace(/\{\w+\}/g, 'nothing'),
    })),
  );
});
afterAll(() => app.end());

const PUBLIC = new Set(['GET /api/v1/setup', 'POST /api/v1/setup/owner', 'POST /api/v1/session']);

test('every route of the API refuses a caller without rights', async () => {
  const guarded = routes.filter(({ method, url }) => !PUBLIC.has(`${method} ${url}`));
  guarded.push({ method: 'GET', url: '/push' });
  expect(guarded.length).toBeGreaterThan(40);
  const answers = await Promise.all(
    guarded.map(async ({ method, url }) => {
      const { statusCode } = await app.http.inject({ method, url });
      return `${method} ${url} ${statusCode}`;
    }),
  );
  expect(answers.filter((answer) => !answer.endsWith(' 401'))).toEqual([]);
});

test('every route refuses a key that was limited to something else', async () => {
  const headers = await app.signIn(OWNER);
  const made = await app.call({
    method: 'POST',
    url: '/api/v1/api-keys',
    body: { name: 'narrow', scopes: ['nothing:read'] },
    headers,
  });
  const bearer = { authorization: `Bearer ${made.body.key}` };
  const guarded = routes.filter(({ method, url }) => !PUBLIC.has(`${method} ${url}`));
  const answers = await Promise.all(
    guarded.map(async ({ method, url }) => {
      const { statusCode } = await app.http.inject({
        method: method as 'GET',
        url,
        headers: bearer,
      });
      return `${method} ${url} ${statusCode}`;
    }),
  );
  expect(answers.filter((answer) => !answer.endsWith(' 403'))).toEqual([]);
});

test('a route that declares no access does not boot', async () => {
  const bare = Fastify();
  await bare.register(accessPlugin, { authenticate: async () => null });
  expect(() => bare.get('/x', async () => 1)).toThrow(/declares no `config.access`/);
});

test('an unknown error tells the caller nothing but the request id', async () => {
  const bare = Fastify();
  await bare.register(errorsPlugin);
  bare.get('/x', async () => {
    throw new Error('password=hunter2');
  });
  const reply = await bare.inject('/x');
  expect(reply.statusCode).toBe(500);
  expect(reply.headers['content-type']).toContain('application/problem+json');
  expect(reply.body).not.toContain('hunter2');
  expect(reply.json()).toMatchObject({ code: 'INTERNAL', requestId: expect.any(String) });
});
