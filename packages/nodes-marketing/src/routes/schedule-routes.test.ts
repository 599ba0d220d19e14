import { createMemoryStorage } from '@millrace/server/packages';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { moveSlot } from '../content-calendar/move-slot.ts';
import { nodesMarketing } from '../index.ts';
import { channels, content, schedule } from '../tables/content.ts';

/** A Saturday. */
const NOW = Date.UTC(2026, 10, 21, 12);
const rules = { name: 'blog', kind: 'article', zone: 'Europe/Berlin', times: ['09:00'] } as const;

let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(async () => {
  storage = createMemoryStorage([nodesMarketing]);
  await storage.tables
    .open(channels)
    .insert({ ...rules, minGapMinutes: 120, perDay: 2, blackout: ['Sunday'] });
});
afterEach(() => storage.close());

/** A piece planned for a time in Berlin in winter. */
async function plan(id: string, localTime: string, more: object = {}, piece: object = {}) {
  await storage.tables.open(content).insert({ id, kind: 'article', title: id, ...piece });
  const plannedAt = Date.parse(`${localTime}:07+01:00`);
  const slot = { id, contentId: id, channel: 'blog', zone: 'Europe/Berlin', localTime, plannedAt };
  await storage.tables.open(schedule).insert({ ...slot, ...more });
}
const move = (id: string, to: { day?: string; time?: string }) =>
  moveSlot(storage.tables, id, { ...to, now: NOW });

test('a piece goes to another day, keeps its clock and its seconds, and to another time', async () => {
  await plan('a', '2026-11-24T09:00');
  expect(await move('a', { day: '2026-11-26' })).toMatchObject({ localTime: '2026-11-26T09:00' });
  const moved = await move('a', { time: '17:30' });
  expect(moved).toMatchObject({
    localTime: '2026-11-26T17:30',
    plannedAt: Date.UTC(2026, 10, 26, 16, 30, 7),
  });
  expect(await storage.tables.open(schedule).findOne({ id: 'a' })).toEqual(moved);
});

test('the clock is that of the channel, also behind a change of it', async () => {
  await plan('a', '2026-11-24T09:00');
  expect((await move('a', { day: '2027-04-05' })).plannedAt).toBe(Date.UTC(2027, 3, 5, 7, 0, 7));
  const left = move('a', { day: '2027-03-29', time: '02:30' });
  expect((await left).localTime).toBe('2027-03-29T02:30');
});

describe('stays where it is', () => {
  beforeEach(async () => {
    await plan('a', '2026-11-24T09:00');
    await plan('b', '2026-11-25T09:00');
    await plan('c', '2026-11-25T14:00');
  });

  test.each([
    ['into the past', { day: '2026-11-20' }, 'is over', 'RESOURCE_INVALID'],
    ['on a day off', { day: '2026-11-29' }, 'a day off of "blog"', 'RESOURCE_CONFLICT'],
    ['too near', { day: '2026-11-25', time: '10:59' }, 'at 2026-11-25 09:00', 'RESOURCE_CONFLICT'],
    ['on a full day', { day: '2026-11-25', time: '18:00' }, '2 a day', 'RESOURCE_CONFLICT'],
  ])('%s', async (_, to, message, code) => {
    const moving = move('a', to);
    await expect(moving).rejects.toThrow(message);
    await expect(moving).rejects.toMatchObject({ code, fix: expect.any(String) });
    expect(await storage.tables.open(schedule).findOne({ id: 'a' })).toMatchObject({
      localTime: '2026-11-24T09:00',
    });
  });

  test('what is out already, and what is not there', async () => {
    await plan('d', '2026-12-01T09:00', { state: 'published' });
    await expect(move('d', { day: '2026-12-02' })).rejects.toThrow('it is published');
    await expect(move('nope', { day: '2026-12-02' })).rejects.toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
    });
  });

  test('of two that want the same place one gets it', async () => {
    const both = await Promise.allSettled(
      ['a', 'b'].map((id) => move(id, { day: '2026-12-03', time: '09:00' })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

test('a post stays after the article it leads to, whichever of them moves', async () => {
  await plan('a', '2026-11-24T09:00');
  await plan('p', '2026-11-24T12:00', { channel: 'x' }, { kind: 'social', parentId: 'a' });
  await expect(move('p', { time: '08:00' })).rejects.toThrow('The article it leads to goes out');
  await expect(move('a', { day: '2026-11-25' })).rejects.toThrow('Its post on "x" goes out');
  await move('p', { day: '2026-11-26' });
  expect((await move('a', { day: '2026-11-25' })).localTime).toBe('2026-11-25T09:00');
});
