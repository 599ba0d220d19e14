import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { digestHeader } from './digest.ts';

const call = { method: 'GET', uri: '/dir/index.html', user: 'Mufasa', password: 'Circle Of Life' };
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

test('answers a challenge with the hash RFC 7616 describes', () => {
  const header =
    digestHeader('Digest realm="r", nonce="n", qop="auth,auth-int", opaque="o"', call) ?? '';
  const cnonce = /cnonce="(\w+)"/.exec(header)?.[1];
  const expected = md5(
    `${md5('Mufasa:r:Circle Of Life')}:n:00000001:${cnonce}:auth:${md5('GET:/dir/index.html')}`,
  );
  expect(header).toContain(`response="${expected}"`);
  expect(header).toContain('opaque="o"');
});

test('leaves challenges it does not know', () => {
  expect(digestHeader('Basic realm="r"', call)).toBeUndefined();
  expect(digestHeader('Digest realm="r", nonce="n", algorithm=SHA-512-256', call)).toBeUndefined();
});
