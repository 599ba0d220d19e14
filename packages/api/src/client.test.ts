import { expect, test } from 'vitest';
import { createClient } from './client.ts';
import { getWorkflow, listWorkflows, deleteWorkflow } from './index.ts';

function recording(status: number, body: unknown) {
  const sent: { url: string; init: RequestInit | undefined }[] = [];
  const fetcher: typeof fetch = async (url, init) => {
    sent.push({ url: String(url), init });
    return new Response(body === undefined ? null : JSON.stringify(body), { status });
  };
  return { sent, call: createClient('/api/v1', { fetcher, apiKey: 'k' }) };
}

test('fills the path, the query and the key', async () => {
  const { sent, call } = recording(200, { data: [], nextCursor: null });
  await call(listWorkflows, { querystring: { limit: 2, active: true } });
  await call(getWorkflow, { params: { id: 'a/b' } });
  expect(sent.map(({ url }) => url)).toEqual([
    '/api/v1/workflows?limit=2&active=true',
    '/api/v1/workflows/a%2Fb',
  ]);
  expect(sent[0]?.init?.headers).toMatchObject({ authorization: 'Bearer k' });
});

test('gives null for an answer without a body', async () => {
  const { call } = recording(204, undefined);
  expect(await call(deleteWorkflow, { params: { id: 'a' } })).toBe(null);
});

test('throws the problem of an answer that is not 2xx', async () => {
  const problem = { type: 't', title: 'x', status: 409, code: 'RESOURCE_CONFLICT', detail: 'Old' };
  const { call } = recording(409, problem);
  await expect(call(getWorkflow, { params: { id: 'a' } })).rejects.toMatchObject({
    status: 409,
    code: 'RESOURCE_CONFLICT',
    message: 'Old',
  });
});

test('says what it got when the answer is not a problem', async () => {
  const { call } = recording(502, 'bad gateway');
  await expect(call(getWorkflow, { params: { id: 'a' } })).rejects.toMatchObject({
    status: 502,
    code: 'RESPONSE_UNREADABLE',
  });
});
