import { NotFoundError } from '@millrace/workflow/errors';
import type { Tables } from '@millrace/workflow/node-api';
import { behindGate } from '../gates/behind-gate.ts';
import { MarketingInvalidError } from '../routes/invalid.error.ts';
import { MarketingConflictError } from '../routes/conflict.error.ts';
import { content, schedule, type ScheduleRow } from '../tables/content.ts';
import { loadChannels } from './channel-rules.ts';
import { isDayOff, type ChannelRules } from './find-slots.ts';
import { openZone, type Zone } from './local-time.ts';

/** Where a piece is to go; what is left out stays as it is. */
export interface Move {
  /** `2026-11-23` */
  readonly day?: string | undefined;
  /** `09:30`, on the clock of the channel. */
  readonly time?: string | undefined;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * Moves a planned piece to another day or time. Moves wait for each other, so two never end on the
 * same place.
 *
 * @throws {NotFoundError} @throws {MarketingInvalidError} for a time that is over or does not exist
 * @throws {MarketingConflictError} when the channel's rules or another piece are in the way
 */
export function moveSlot(
  tables: Tables,
  id: string,
  { now, ...move }: Move & { readonly now: number },
): Promise<ScheduleRow> {
  return behindGate(tables, { name: 'calendar', now }, async (inside) => {
    const store = inside.open(schedule);
    const slot = await store.findOne({ id });
    if (!slot) throw new NotFoundError('planned piece', id);
    if (slot.state !== 'planned')
      throw new MarketingConflictError(
        `The piece cannot be moved: it is ${slot.state}`,
        'Move pieces that are still planned',
      );
    const zone = openZone(slot.zone);
    const localTime = `${move.day ?? slot.localTime.slice(0, 10)}T${move.time ?? slot.localTime.slice(11, 16)}`;
    const minute = zone.instantOf(localTime);
    if (zone.clockAt(minute) !== localTime)
      throw new MarketingInvalidError(
        `${localTime} does not exist in ${slot.zone}`,
        'Clocks are changed then: choose another time',
      );
    const plannedAt = minute + (slot.plannedAt % MINUTE_MS);
    if (plannedAt <= now)
      throw new MarketingInvalidError(
        `${localTime} in ${slot.zone} is over`,
        'Choose a time to come',
      );
    const wanted = { ...slot, localTime, plannedAt };
    await checkChannel(inside, wanted, zone);
    await checkOrder(inside, wanted);
    await store.update({ id, state: 'planned' }, { localTime, plannedAt });
    return wanted;
  });
}

/** Days off, posts a day and the least gap, as the channel has them. */
async function checkChannel(tables: Tables, wanted: ScheduleRow, zone: Zone): Promise<void> {
  const { id, channel, localTime, plannedAt } = wanted;
  const day = localTime.slice(0, 10);
  const rules = (await loadChannels(tables)).find(({ name }) => name === channel);
  if (rules && isDayOff(rules, day))
    throw new MarketingConflictError(
      `${day} is a day off of "${channel}"`,
      'Choose another day, or change the days off of the channel',
    );
  const { minGapMinutes = 1, perDay = Infinity }: Partial<ChannelRules> = rules ?? {};
  const reach = Math.max(DAY_MS, minGapMinutes * MINUTE_MS) + DAY_MS;
  const others = await tables.open(schedule).find({
    where: {
      id: { not: id },
      channel,
      state: { in: ['planned', 'publishing', 'published'] },
      plannedAt: { gte: plannedAt - reach, lte: plannedAt + reach },
    },
    orderBy: { plannedAt: 'asc' },
  });
  const minuteOf = (at: number) => Math.floor(at / MINUTE_MS);
  const near = others.find(
    (other) =>
      Math.abs(minuteOf(other.plannedAt) - minuteOf(plannedAt)) < Math.max(1, minGapMinutes),
  );
  if (near)
    throw new MarketingConflictError(
      `"${channel}" has a piece at ${near.localTime.replace('T', ' ')}, and leaves at least ${minGapMinutes} minutes between two`,
      'Choose a time further away, or move the other piece first',
    );
  const sameDay = others.filter((other) => zone.clockAt(other.plannedAt).startsWith(day)).length;
  if (sameDay >= perDay)
    throw new MarketingConflictError(
      `"${channel}" has its ${perDay} a day on ${day} already`,
      'Choose another day, or move another piece first',
    );
}

/** A post leads to its article, so it goes out after it. */
async function checkOrder(tables: Tables, wanted: ScheduleRow): Promise<void> {
  const pieces = tables.open(content);
  const piece = await pieces.findOne({ id: wanted.contentId });
  const posts = await pieces.find({
    where: { parentId: wanted.contentId, kind: 'social' },
    columns: ['id'],
  });
  const slotsOf = (ids: readonly string[]) =>
    tables.open(schedule).find({
      where: { contentId: { in: ids }, state: { in: ['planned', 'publishing'] } },
      columns: ['plannedAt', 'localTime', 'channel'],
    });
  const articles =
    piece?.kind === 'social' && piece.parentId ? await slotsOf([piece.parentId]) : [];
  const later = articles.find(({ plannedAt }) => plannedAt >= wanted.plannedAt);
  const early = (await slotsOf(posts.map(({ id }) => id))).find(
    ({ plannedAt }) => plannedAt <= wanted.plannedAt,
  );
  const other = later ?? early;
  if (!other) return;
  throw new MarketingConflictError(
    later
      ? `The article it leads to goes out at ${other.localTime.replace('T', ' ')}, after it`
      : `Its post on "${other.channel}" goes out at ${other.localTime.replace('T', ' ')}, before it`,
    'Move that piece first, or choose another time',
  );
}
