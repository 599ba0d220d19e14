import { expect, test } from 'vitest';
import { createPauses, inTurns, mapItems, visitItems } from './turns.ts';

/** A clock that moves by `stepMs` at each look, and counts the pauses. */
function clock(stepMs: number) {
  let at = 0;
  let pauses = 0;
  return {
    now: () => (at += stepMs),
    sleep: async () => void (pauses += 1),
    pauses: () => pauses,
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test.each([0, 1, 15, 16, 17, 1000])('takes %i steps once each, in order', async (count) => {
  for (const stepMs of [0, 20]) {
    const taken: number[] = [];
    await inTurns(clock(stepMs), count, (index) => void taken.push(index));
    expect(taken).toEqual(numbers(count));
  }
});

test('a quick loop is over at once, a long one lets others have their turn', async () => {
  const quick = clock(0);
  expect(inTurns(quick, 1000, () => undefined)).toBeUndefined();

  const long = clock(6);
  await inTurns(long, 1000, () => undefined);
  expect(long.pauses()).toBeGreaterThan(10);
});

test('visits items and gives the result when all are visited', async () => {
  const items = numbers(100).map((n) => ({ json: { n } }));
  const seen: unknown[] = [];
  const result = visitItems(
    { ...clock(20), items: () => items },
    ({ json }) => void seen.push(json.n),
    () => seen.length,
  );
  expect(await result).toBe(100);
});

test('an error of a step, or a cancellation between two turns, ends the loop', async () => {
  const fail = () => {
    throw new Error('broken');
  };
  expect(() => inTurns(clock(0), 1, fail)).toThrow('broken');

  let taken = 0;
  const canceled = { ...clock(20), sleep: () => Promise.reject(new Error('canceled')) };
  await expect(inTurns(canceled, 1000, () => void (taken += 1))).rejects.toThrow('canceled');
  expect(taken).toBeLessThan(1000);
});

test('makes an item of each item', async () => {
  const items = numbers(40).map((n) => ({ json: { n } }));
  const make = ({ json }: { json: { n?: unknown } }) => ({ json: { n: -Number(json.n) } });
  expect(await mapItems({ ...clock(20), items: () => items }, make)).toEqual([
    numbers(40).map((n) => ({ json: { n: -n } })),
  ]);
});

test('an awaiting loop is paused only when its turn is over', async () => {
  const quick = clock(0);
  const long = clock(6);
  for (const [time, expected] of [
    [quick, 0],
    [long, 5],
  ] as const) {
    const pause = createPauses(time);
    for (let step = 0; step < 160; step += 1) await pause();
    expect(time.pauses()).toBe(expected);
  }
});
