import { APIError } from 'openai';
import { expect, test } from 'vitest';
import { askInOrder } from './fallback.ts';

/** A clock that only notes how long it was to wait. */
function notingClock() {
  const waits: number[] = [];
  const sleep = async (ms: number) => void waits.push(ms);
  return { waits, clock: { now: () => 0, sleep } };
}
const failing = (status: number, headers: Record<string, string> = {}) => {
  const asked: string[] = [];
  const ask = async (model: string) => {
    asked.push(model);
    throw APIError.generate(status, { message: 'no' }, 'no', new Headers(headers));
  };
  return { asked, ask };
};

test.each([
  ['as long as the service says', { 'retry-after': '3' }, [3000, 3000]],
  ['in milliseconds too', { 'retry-after-ms': '250' }, [250, 250]],
  ['never longer than a minute', { 'retry-after': '86400' }, [60_000, 60_000]],
  ['longer each time when it says nothing', {}, [1000, 2000]],
])('waits %s before the last model is asked again', async (_, headers, expected) => {
  const { waits, clock } = notingClock();
  const { asked, ask } = failing(429, headers);
  await expect(askInOrder(['a', 'b'], ask, { clock })).rejects.toMatchObject({
    code: 'NODE_SERVICE_FAILED',
    details: { model: 'b', status: 429, tried: ['a: 429', 'b: 429', 'b: 429'] },
  });
  expect(asked).toEqual(['a', 'b', 'b', 'b']);
  expect(waits).toEqual(expected);
});

test('what asking again cannot mend is asked once', async () => {
  const { waits, clock } = notingClock();
  const { asked, ask } = failing(400);
  await expect(askInOrder(['a', 'b'], ask, { clock })).rejects.toMatchObject({
    details: { model: 'a', status: 400 },
  });
  expect([asked, waits]).toEqual([['a'], []]);
});

test('no model to ask is said as such', async () => {
  const { clock } = notingClock();
  await expect(askInOrder([], async () => 1, { clock })).rejects.toThrow('No model to ask');
});
