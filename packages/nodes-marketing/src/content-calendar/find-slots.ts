import { InputError } from '../item-fields/input.error.ts';
import { createRandom } from '../stats/math/random.ts';
import { addDays, openZone, weekdayOf, type Zone } from './local-time.ts';

/** When a channel may be posted on. Times are those of the clock in its zone. */
export interface ChannelRules {
  readonly name: string;
  readonly zone: string;
  /** `09:00`, the best first. */
  readonly times: readonly string[];
  readonly minGapMinutes: number;
  readonly perDay: number;
  /** Days without posts: `2026-12-24`, or weekdays such as `Sunday`. */
  readonly blackout: readonly string[];
}

/** A piece that wants a place in the calendar. */
export interface Wish {
  readonly id: string;
  readonly channel: string;
  /** Id of a wish it has to come after: a post comes after the article it leads to. */
  readonly after?: string;
  readonly notBefore?: number;
}

export interface Slot {
  readonly id: string;
  readonly channel: string;
  /** ms since the epoch. */
  readonly plannedAt: number;
  /** What the channel's clock shows then. */
  readonly localTime: string;
  readonly zone: string;
}

export interface Unplaced {
  readonly id: string;
  readonly reason: string;
}

export interface SlotOptions {
  /** Posts that are planned already. */
  readonly taken: readonly { readonly channel: string; readonly plannedAt: number }[];
  readonly from: number;
  readonly until: number;
  /** Posts go out within so many seconds after the minute, so that not all of them come at once. */
  readonly jitterSeconds?: number;
  readonly seed?: number;
}

const MINUTE_MS = 60_000;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/**
 * Gives each piece the first free time of its channel: outside its days off, at most its number a day,
 * no two nearer than its least gap, and after the piece it leads to. Wishes are served in their order,
 * those they come after first.
 *
 * @see marketing.md A17
 */
export function findSlots(
  wishes: readonly Wish[],
  channels: readonly ChannelRules[],
  options: SlotOptions,
): { readonly slots: readonly Slot[]; readonly unplaced: readonly Unplaced[] } {
  const random = createRandom(options.seed ?? 1);
  const { jitterSeconds = 60 } = options;
  const calendars = new Map(channels.map((rules) => [rules.name, openCalendar(rules, options)]));
  const placed = new Map<string, Slot>();
  const unplaced: Unplaced[] = [];
  for (const wish of inOrder(wishes)) {
    const calendar = calendars.get(wish.channel);
    const first = wish.after === undefined ? undefined : placed.get(wish.after);
    if (!calendar) unplaced.push({ id: wish.id, reason: `There is no channel "${wish.channel}"` });
    else if (wish.after !== undefined && !first)
      unplaced.push({
        id: wish.id,
        reason: `"${wish.after}", which comes before it, has no place`,
      });
    else {
      const earliest = Math.max(options.from, wish.notBefore ?? 0, first ? first.plannedAt + 1 : 0);
      const jitterMs = random.below(Math.max(1, jitterSeconds)) * 1000;
      const slot = calendar.take(wish.id, earliest, jitterMs);
      if (slot) placed.set(wish.id, slot);
      else
        unplaced.push({ id: wish.id, reason: `"${wish.channel}" has no time left until the end` });
    }
  }
  return { slots: [...placed.values()], unplaced };
}

/** Those that others come after first; a circle is left in its order and finds no place. */
function inOrder(wishes: readonly Wish[]): Wish[] {
  const left = new Set(wishes);
  const waiting = new Set(wishes.map(({ id }) => id));
  const ordered: Wish[] = [];
  for (let before = -1; before !== ordered.length;) {
    before = ordered.length;
    for (const wish of left) {
      if (wish.after !== undefined && waiting.has(wish.after)) continue;
      ordered.push(wish);
      left.delete(wish);
      waiting.delete(wish.id);
    }
  }
  return [...ordered, ...left];
}

interface Calendar {
  /** The first free time from `earliest` on, which is then taken. */
  take(id: string, earliest: number, jitterMs: number): Slot | undefined;
}

function openCalendar(rules: ChannelRules, { taken, until }: SlotOptions): Calendar {
  const zone = openZone(rules.zone);
  const times = rules.times.map((time) => checkedTime(time, rules.name));
  const planned = taken.flatMap(({ channel, plannedAt }) =>
    channel === rules.name ? wholeMinute(plannedAt) : [],
  );

  const isFree = (instant: number, day: string): boolean =>
    planned.every((other) => Math.abs(other - instant) >= rules.minGapMinutes * MINUTE_MS) &&
    planned.filter((other) => dayAt(zone, other) === day).length < rules.perDay;

  return {
    take(id, earliest, jitterMs) {
      for (let day = dayAt(zone, earliest); ; day = addDays(day, 1)) {
        if (zone.instantOf(`${day}T00:00`) > until) return undefined;
        if (isDayOff(rules, day)) continue;
        for (const time of times) {
          const localTime = `${day}T${time}`;
          const minute = zone.instantOf(localTime);
          const plannedAt = minute + jitterMs;
          if (plannedAt < earliest || plannedAt > until || !isFree(minute, day)) continue;
          planned.push(minute);
          return { id, channel: rules.name, plannedAt, localTime, zone: rules.zone };
        }
      }
    },
  };
}

/** Gaps are those of the plan; the seconds after the minute do not count. */
const wholeMinute = (instant: number): number => Math.floor(instant / MINUTE_MS) * MINUTE_MS;

const dayAt = (zone: Zone, instant: number): string => zone.clockAt(instant).slice(0, 10);

/** Whether a channel has no posts on a day such as `2026-12-24`. */
export function isDayOff({ blackout }: ChannelRules, day: string): boolean {
  const weekday = weekdayOf(day);
  return blackout
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry === day || entry === weekday);
}

function checkedTime(time: string, channel: string): string {
  if (TIME.test(time)) return time;
  throw new InputError(
    `Channel "${channel}" has the time "${time}"`,
    'Write times of the day as 09:00, from 00:00 to 23:59',
  );
}
