import { nodesBase } from '@millrace/nodes-base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, OWNER, type TestApp } from './testing/open-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ packages: [nodesBase], withOwner: false });
});
afterAll(() => app.end());

test('the first start answers at /webhook/hello, before anybody signed up', async () => {
  expect(await app.call({ url: '/webhook/hello?name=Ada' })).toMatchObject({
    status: 200,
    body: { message: 'Hello, Ada!' },
    headers: { 'content-security-policy': expect.stringMatching(/^sandbox /) },
  });
});

test('the owner finds the sample, and unpublishing takes its address down', async () => {
  await app.call({ method: 'POST', url: '/api/v1/setup/owner', body: OWNER });
  const headers = await app.signIn(OWNER);
  const { body } = await app.call({ url: '/api/v1/workflows', headers });
  expect(body.data).toMatchObject([{ name: 'Hello, Millrace', active: true, nodeCount: 3 }]);
  const [{ id }] = body.data;
  const post = (path: string) =>
    app.call({ method: 'POST', url: `/api/v1/workflows/${id}/${path}`, headers });
  await post('unpublish');
  expect((await app.call({ url: '/webhook/hello' })).status).toBe(404);
  await post('publish');
  expect((await app.call({ url: '/webhook/hello' })).status).toBe(200);
});

test('two published workflows cannot answer at one address', async () => {
  const headers = await app.signIn(OWNER);
  const { body: list } = await app.call({ url: '/api/v1/workflows', headers });
  const { body: sample } = await app.call({
    url: `/api/v1/workflows/${list.data[0].id}`,
    headers,
  });
  const copy = { name: 'Copy', nodes: sample.nodes, connections: sample.connections };
  const made = await app.call({ method: 'POST', url: '/api/v1/workflows', body: copy, headers });
  const url = `/api/v1/workflows/${made.body.id}`;
  const published = await app.call({ method: 'POST', url: `${url}/publish`, headers });
  expect(published).toMatchObject({ status: 409, body: { code: 'RESOURCE_CONFLICT' } });
  expect((await app.call({ url, headers })).body).toMatchObject({ active: false });
  expect((await app.call({ url: `${url}/versions`, headers })).body.data).toEqual([]);
});
