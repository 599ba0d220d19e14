import { expect, test } from 'vitest';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';

// "12345678901234567890" in base32: the secret of the examples in RFC 6238.
const SECRET = 'GEZD GNBV-GY3TQOJQ GEZDGNBVGY3TQOJQ';

const code = async (seconds: number, options = {}, secret = SECRET) =>
  jsonOf(
    await runNode({
      type: 'totp',
      parameters: { options },
      inputs: [itemsOf({})],
      context: { now: () => seconds * 1000, credential: async () => ({ secret, label: 'x:y' }) },
    }),
  )[0];

test.each([
  [59, { digits: 8 }, { token: '94287082', secondsRemaining: 1 }],
  [1111111109, { digits: 8 }, { token: '07081804', secondsRemaining: 1 }],
  [60, {}, { token: '359152', secondsRemaining: 30 }],
  [61, { period: 60 }, { token: '287082', secondsRemaining: 59 }],
])('at %i s with %j', async (seconds, options, expected) => {
  expect(await code(seconds, options)).toEqual(expected);
});

test('a secret that is not base32 is refused', async () => {
  await expect(code(0, {}, '0!')).rejects.toThrow('is not base32 [item 0]');
});
