import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';

const passphrase = { keyType: 'passphrase', secret: 's', algorithm: 'HS256' };

const run = async (
  parameters: Record<string, unknown>,
  credential: object = passphrase,
  context = {},
) =>
  jsonOf(
    await runNode({
      type: 'jwt',
      parameters,
      inputs: [itemsOf({})],
      context: { credential: async () => ({ ...credential }), ...context },
    }),
  )[0];

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5) / 1000;

test('signs claims of the form, counted from now, and reads them back', async () => {
  const claims = {
    audience: 'a',
    expiresIn: 60,
    issuer: 'i',
    jwtid: 'j',
    notBefore: -5,
    subject: 's',
  };
  const signed = await run({ claims, options: { kid: 'k' }, headerClaims: '{"x":1}' });
  const token = String(signed?.token);
  const payload = { aud: 'a', exp: NOW + 60, iss: 'i', jti: 'j', nbf: NOW - 5, sub: 's', iat: NOW };
  expect(await run({ operation: 'verify', token })).toEqual({ payload });
  expect(await run({ operation: 'decode', token, options: { complete: true } })).toEqual({
    header: { alg: 'HS256', typ: 'JWT', kid: 'k', x: 1 },
    payload,
    signature: token.split('.')[2],
  });
});

const sign = async (claimsJson: unknown, options = {}) =>
  String((await run({ useJson: true, claimsJson, options }))?.token);

test.each([
  ['has run out', { exp: NOW - 1 }, 'ignoreExpiration'],
  ['is not valid yet', { nbf: NOW + 60 }, 'ignoreNotBefore'],
])('refuses a token that %s, unless told otherwise', async (_, claims, option) => {
  const token = await sign({ ...claims, iat: 1 });
  await expect(run({ operation: 'verify', token })).rejects.toThrow(
    "The JWT token can't be verified",
  );
  const options = { [option]: true };
  expect(await run({ operation: 'verify', token, options })).toMatchObject({ payload: claims });
  expect(await run({ operation: 'verify', token, options: { clockTolerance: 120 } })).toMatchObject(
    { payload: claims },
  );
});

test('refuses another algorithm than the one chosen', async () => {
  const token = await sign({ iat: 1 }, { algorithm: 'HS512' });
  await expect(run({ operation: 'verify', token })).rejects.toThrow("can't be verified");
  const options = { algorithm: 'HS512' };
  expect(await run({ operation: 'verify', token, options })).toEqual({ payload: { iat: 1 } });
});

test('signs with a private PEM key and checks with the public one', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = {
    keyType: 'pemKey',
    publicKey,
    privateKey: privateKey.replaceAll('\n', String.raw`\n`),
    algorithm: 'ES256',
  };
  const signed = await run({ useJson: true, claimsJson: '{"iat":1}' }, key);
  expect(await run({ operation: 'verify', token: signed?.token }, key)).toEqual({
    payload: { iat: 1 },
  });
});

test.each([
  [
    { useJson: true, claimsJson: 'not json' },
    "The 'JSON Output' in item 0 does not contain a valid JSON object",
  ],
  [{ useJson: true, claimsJson: [1] }, 'does not contain a valid JSON object'],
  [{ operation: 'verify', token: 'garbage' }, "Invalid input for 'Token' [item 0]"],
  [{ operation: 'decode', token: 'a.b.c' }, "Invalid input for 'Token' [item 0]"],
  [{ options: { algorithm: 'none' } }, 'The algorithm "none" is not known'],
])('%j is refused', async (parameters, message) => {
  await expect(run(parameters)).rejects.toThrow(message);
});
