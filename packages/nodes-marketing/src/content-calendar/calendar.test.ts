import { describe, expect, test } from 'vitest';
import { findSlots, type ChannelRules } from './find-slots.ts';
import { addDays, openZone, weekdayOf } from './local-time.ts';

describe('clocks', () => {
  const berlin = openZone('Europe/Berlin');

  test.each([
    ['an ordinary morning', '2026-11-21T09:00', '2026-11-21T08:00:00Z'],
    ['summer', '2026-07-01T09:00', '2026-07-01T07:00:00Z'],
    ['the hour that is left out counts from before', '2026-03-29T02:30', '2026-03-29T01:30:00Z'],
    ['of the hour that comes twice the first', '2026-10-25T02:30', '2026-10-25T00:30:00Z'],
    ['just after the change', '2026-10-25T03:00', '2026-10-25T02:00:00Z'],
  ])('%s', (_, clock, instant) => {
    expect(new Date(berlin.instantOf(clock)).toISOString()).toBe(instant.replace('Z', '.000Z'));
  });

  test('show the same wall time on both sides of a change', () => {
    for (const day of ['2026-03-28', '2026-03-29', '2026-03-30'])
      expect(berlin.clockAt(berlin.instantOf(`${day}T09:00`))).toBe(`${day}T09:00`);
  });

  test('half-hour zones and the date line', () => {
    const kathmandu = openZone('Asia/Kathmandu');
    expect(new Date(kathmandu.instantOf('2026-01-01T00:00')).toISOString()).toBe(
      '2025-12-31T18:15:00.000Z',
    );
    const kiritimati = openZone('Pacific/Kiritimati');
    expect(kiritimati.clockAt(Date.UTC(2026, 0, 1, 11))).toBe('2026-01-02T01:00');
  });

  test('days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(weekdayOf('2026-11-21')).toBe('saturday');
  });

  test('a name that is no zone, and a text that is no time, are named', () => {
    expect(() => openZone('Berlin/Europe')).toThrow('"Berlin/Europe" is no time zone');
    expect(() => berlin.instantOf('soon')).toThrow('"soon" is no local time');
  });
});

const MONDAY = Date.UTC(2026, 10, 23);
const DAY_MS = 86_400_000;
const blog: ChannelRules = {
  name: 'blog',
  zone: 'UTC',
  times: ['09:00', '13:00'],
  minGapMinutes: 60,
  perDay: 1,
  blackout: [],
};
const window = { taken: [], from: MONDAY, until: MONDAY + 30 * DAY_MS, jitterSeconds: 0 };
const times = (
  wishes: Parameters<typeof findSlots>[0],
  rules: Partial<ChannelRules> = {},
  more: Partial<Parameters<typeof findSlots>[2]> = {},
) =>
  findSlots(wishes, [{ ...blog, ...rules }], { ...window, ...more }).slots.map(
    ({ localTime }) => localTime,
  );
const on = (...ids: string[]) => ids.map((id) => ({ id, channel: 'blog' }));

describe('slots', () => {
  test('one a day when that is the number', () => {
    expect(times(on('a', 'b', 'c'))).toEqual([
      '2026-11-23T09:00',
      '2026-11-24T09:00',
      '2026-11-25T09:00',
    ]);
  });

  test('two a day in the order of the best times, with the least gap between', () => {
    expect(times(on('a', 'b', 'c'), { perDay: 2 })).toEqual([
      '2026-11-23T09:00',
      '2026-11-23T13:00',
      '2026-11-24T09:00',
    ]);
    expect(times(on('a', 'b'), { perDay: 2, minGapMinutes: 241 })).toEqual([
      '2026-11-23T09:00',
      '2026-11-24T09:00',
    ]);
  });

  test('not on days off, named by date or weekday', () => {
    expect(times(on('a', 'b'), { blackout: ['2026-11-23', 'Tuesday'] })).toEqual([
      '2026-11-25T09:00',
      '2026-11-26T09:00',
    ]);
  });

  test('what is taken counts for gap and number', () => {
    const taken = [{ channel: 'blog', plannedAt: MONDAY + 9.5 * 3_600_000 }];
    expect(times(on('a'), {}, { taken })).toEqual(['2026-11-24T09:00']);
    expect(times(on('a'), { perDay: 2 }, { taken })).toEqual(['2026-11-23T13:00']);
    expect(times(on('a'), {}, { taken: [{ channel: 'x', plannedAt: MONDAY }] })).toEqual([
      '2026-11-23T09:00',
    ]);
  });

  test('a piece comes after the one it leads to, however they are ordered', () => {
    const x: ChannelRules = { ...blog, name: 'x', times: ['08:00', '10:00'] };
    const { slots } = findSlots(
      [{ id: 'post', channel: 'x', after: 'article' }, ...on('article')],
      [blog, x],
      window,
    );
    expect(slots.map(({ id, localTime }) => [id, localTime])).toEqual([
      ['article', '2026-11-23T09:00'],
      ['post', '2026-11-23T10:00'],
    ]);
  });

  test('the same clock time before and after the change of the clocks', () => {
    const from = Date.UTC(2026, 2, 28);
    const { slots } = findSlots(on('a', 'b'), [{ ...blog, zone: 'Europe/Berlin' }], {
      ...window,
      from,
      until: from + 9 * DAY_MS,
    });
    expect(slots.map(({ localTime }) => localTime)).toEqual([
      '2026-03-28T09:00',
      '2026-03-29T09:00',
    ]);
    const [first, second] = slots.map(({ plannedAt }) => plannedAt);
    expect((second ?? 0) - (first ?? 0)).toBe(23 * 3_600_000);
  });

  test('seconds after the minute are the same for the same seed and break no gap', () => {
    const run = (seed: number) =>
      findSlots(on('a', 'b', 'c', 'd'), [{ ...blog, perDay: 2, minGapMinutes: 240 }], {
        ...window,
        jitterSeconds: 60,
        seed,
      }).slots;
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
    expect(run(7).map(({ localTime }) => localTime.slice(8))).toEqual([
      '23T09:00',
      '23T13:00',
      '24T09:00',
      '24T13:00',
    ]);
    for (const { plannedAt } of run(7)) expect(plannedAt % 60_000).toBeLessThan(60_000);
  });

  test('what finds no place says why', () => {
    const { slots, unplaced } = findSlots(
      [
        { id: 'a', channel: 'tv' },
        { id: 'b', channel: 'blog', after: 'a' },
        { id: 'c', channel: 'blog', after: 'd' },
        { id: 'd', channel: 'blog', after: 'c' },
        { id: 'e', channel: 'blog', notBefore: MONDAY + 40 * DAY_MS },
      ],
      [blog],
      window,
    );
    expect(slots).toEqual([]);
    expect(unplaced).toEqual([
      { id: 'a', reason: 'There is no channel "tv"' },
      { id: 'b', reason: '"a", which comes before it, has no place' },
      { id: 'e', reason: '"blog" has no time left until the end' },
      { id: 'c', reason: '"d", which comes before it, has no place' },
      { id: 'd', reason: '"c", which comes before it, has no place' },
    ]);
  });

  test('a time of day that is none is named with its channel', () => {
    expect(() => times(on('a'), { times: ['9 am'] })).toThrow('Channel "blog" has the time "9 am"');
  });
});
