import { createVerify, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';

const run = async (
  version: number,
  parameters: Record<string, unknown>,
  rows = [{ t: 'hello' }],
  context = {},
) =>
  jsonOf(
    await runNode({ type: 'crypto', version, parameters, inputs: [itemsOf(...rows)], context }),
  );

const credential = (data: Record<string, unknown>) => ({ credential: async () => data });

test.each([
  [1, { value: 'hello' }, '5d41402abc4b2a76b9719d911017c592'],
  [2, { value: 'hello', encoding: 'base64' }, 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='],
  [
    1,
    { value: '', type: 'SHA3-256' },
    'a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a',
  ],
  [
    1,
    { action: 'hmac', type: 'MD5', value: '42', secret: 's3cret' },
    'a01f3628d17b1980a28cabd96e337594',
  ],
])('digests (version %i, %j)', async (version, parameters, expected) => {
  expect(await run(version, { ...parameters, dataPropertyName: 'a.b' })).toEqual([
    { t: 'hello', 'a.b': expected },
  ]);
});

test('hashes files, and names the file an item lacks', async () => {
  const [item] = itemsOf({});
  const file = { data: Buffer.from('hello').toString('base64'), mimeType: 'text/plain' };
  const inputs = [[{ json: {}, ...item, binary: { f: file } }]];
  const parameters = { binaryData: true, binaryPropertyName: 'f' };
  expect(jsonOf(await runNode({ type: 'crypto', version: 1, parameters, inputs }))).toEqual([
    { data: '5d41402abc4b2a76b9719d911017c592' },
  ]);
  await expect(run(1, { binaryData: true })).rejects.toThrow(
    "binary file 'data', but none was found",
  );
});

test.each(['aes-256-gcm', 'aes-192-gcm', 'aes-128-gcm', 'chacha20-poly1305'])(
  'opens with %s what it sealed, and nothing else',
  async (cipher) => {
    const box = credential({ encryptionPassphrase: 'pass' });
    const [sealed] = await run(2, { action: 'encrypt', cipher, value: 'sëcret' }, undefined, box);
    const value = String(sealed?.data);
    expect(await run(2, { action: 'decrypt', cipher, value }, undefined, box)).toMatchObject([
      { data: 'sëcret' },
    ]);
    const other = credential({ encryptionPassphrase: 'other' });
    await expect(run(2, { action: 'decrypt', cipher, value }, undefined, other)).rejects.toThrow(
      'cannot be decrypted',
    );
    await expect(run(2, { action: 'decrypt', cipher, value: 'x' }, undefined, box)).rejects.toThrow(
      'is not text that this node encrypted',
    );
  },
);

test('seals for a public key, and signs with a private one pasted on a single line', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const keys = credential({
    encryptionPublicKey: publicKey,
    encryptionPrivateKey: privateKey,
    signPrivateKey: privateKey.replaceAll('\n', ' '),
  });
  const [sealed] = await run(
    2,
    { action: 'encrypt', mode: 'asymmetric', value: 'x' },
    undefined,
    keys,
  );
  const parameters = { action: 'decrypt', mode: 'asymmetric', value: sealed?.data };
  expect(await run(2, parameters, undefined, keys)).toMatchObject([{ data: 'x' }]);
  const [signed] = await run(
    2,
    { action: 'sign', algorithm: 'RSA-SHA256', value: 'x' },
    undefined,
    keys,
  );
  expect(
    createVerify('RSA-SHA256').update('x').verify(publicKey, String(signed?.data), 'hex'),
  ).toBe(true);
});

test.each([
  ['ascii', 12, /^[\0-\x7F]{12}$/],
  ['base64', 40, /^[A-Za-z\d]{40}$/],
  ['hex', 7, /^[\da-f]{7}$/],
  ['uuid', 0, /^[\da-f]{8}-[\da-f]{4}-4/],
])('makes random %s', async (encodingType, stringLength, pattern) => {
  const [made] = await run(2, { action: 'generate', encodingType, stringLength });
  expect(made?.data).toMatch(pattern);
});

test('a credential without the secret is named, and one bad item does not stop the others', async () => {
  await expect(run(2, { action: 'hmac', value: 'x' }, undefined, credential({}))).rejects.toThrow(
    '"hmacSecret" is not set [item 0]',
  );
  const param = (path: string, item: number) =>
    ({ action: 'hash', type: 'MD5', dataPropertyName: 'd', value: item === 0 ? 12 : 'x' })[path];
  const output = await run(1, {}, [{ t: 'a' }, { t: 'b' }], { param, continueOnFail: true });
  expect(output).toEqual([
    { error: expect.stringContaining('Received type number') },
    { t: 'b', d: '9dd4e461268c8034f5c8564e155c67a6' },
  ]);
});
