import { describe, expect, test } from 'vitest';
import jwt from 'jsonwebtoken';
import { fakeWebhook } from '../testing/fake-webhook.ts';
import { webhookNode } from './webhook.node.ts';

const call = async (about: Parameters<typeof fakeWebhook>[0]) =>
  await webhookNode.webhook?.(fakeWebhook(about));

test('puts out the parts of the request', async () => {
  const request = {
    url: 'http://host/webhook/a?x=1',
    query: { x: '1' },
    body: { b: 2 },
    headers: { 'x-a': 'y' },
    params: { id: '7' },
  };
  expect(await call({ request })).toEqual({
    outputs: [
      [
        {
          json: {
            headers: { 'x-a': 'y' },
            params: { id: '7' },
            query: { x: '1' },
            body: { b: 2 },
            webhookUrl: 'http://host/webhook/a',
            executionMode: 'production',
          },
        },
      ],
    ],
  });
});

test('gives each of several methods its own output', async () => {
  const parameters = { multipleMethods: true, httpMethod: ['GET', 'POST'] };
  const outcome = await call({ parameters, request: { method: 'POST' } });
  expect(outcome?.outputs?.map((batch) => batch?.length)).toEqual([0, 1]);
});

test('keeps the raw body as a file on request', async () => {
  const request = {
    body: { a: 1 },
    rawBody: Buffer.from('{"a": 1 }'),
    headers: { 'content-type': 'application/json; charset=utf-8' },
  };
  const outcome = await call({ parameters: { options: { rawBody: true } }, request });
  expect(outcome?.outputs?.[0]?.[0]?.binary).toEqual({
    data: { data: Buffer.from('{"a": 1 }').toString('base64'), mimeType: 'application/json' },
  });
});

test('starts nothing when the user’s condition says no', async () => {
  const parameters = { options: { onlyRunIf: '={{ $json.query.go === "1" }}' } };
  const outcome = await call({ parameters, evaluate: () => false });
  expect(outcome).toMatchObject({
    response: { status: 200, body: { message: 'Webhook call received' } },
  });
  expect(outcome?.outputs).toBeUndefined();
});

const basic = (text: string) => ({
  headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` },
});

const bearer = (secret: string, algorithm: 'HS256' | 'HS512' = 'HS256') => ({
  headers: {
    authorization: `Bearer ${jwt.sign({ sub: 'x' }, secret, { noTimestamp: true, algorithm })}`,
  },
});

describe('callers', () => {
  const user = { user: 'u', password: 'p' };
  const key = { name: 'X-Key', value: 'yes' };
  const token = { keyType: 'passphrase', secret: 's', algorithm: 'HS256' };

  test.each([
    ['basicAuth', user, {}, 401],
    ['basicAuth', user, basic('u:bad'), 401],
    ['basicAuth', user, basic('u:p'), undefined],
    ['headerAuth', key, {}, 403],
    ['headerAuth', key, { headers: { 'x-key': 'no' } }, 403],
    ['headerAuth', key, { headers: { 'x-key': 'yes' } }, undefined],
    ['jwtAuth', token, {}, 401],
    ['jwtAuth', token, bearer('other'), 403],
    ['jwtAuth', token, bearer('s', 'HS512'), 403],
    ['jwtAuth', { ...token, secret: '' }, bearer('s'), 403],
    ['jwtAuth', token, bearer('s'), undefined],
  ])('%s with %j and %j get %s', async (authentication, credential, request, status) => {
    const outcome = await call({ parameters: { authentication }, credential, request });
    expect(outcome?.response?.status).toBe(status);
    expect(outcome?.outputs === undefined).toBe(status !== undefined);
  });

  test('from outside the allow list are refused', async () => {
    const parameters = { options: { ipWhitelist: '10.0.0.1, 10.1.0.0/16, 2001:db8::/32' } };
    const statusFor = async (ip: string) =>
      (await call({ parameters, request: { ip } }))?.response?.status;
    expect(await statusFor('127.0.0.1')).toBe(403);
    expect(await statusFor('10.0.0.11')).toBe(403);
    expect(await statusFor('10.0.0.1')).toBeUndefined();
    expect(await statusFor('::ffff:10.1.2.3')).toBeUndefined();
    expect(await statusFor('2001:db8::7')).toBeUndefined();
    expect(await statusFor('2001:db9::7')).toBe(403);
  });

  test('a list of nothing but mistakes lets nobody in', async () => {
    const parameters = { options: { ipWhitelist: 'localhost' } };
    expect(await call({ parameters })).toMatchObject({ response: { status: 403 } });
  });
});
