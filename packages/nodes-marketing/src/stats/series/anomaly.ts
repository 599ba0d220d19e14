import { createWindow, type RollingWindow } from './rolling-window.ts';

/** One measurement. */
export interface Measurement {
  /** ms since the epoch. */
  readonly at: number;
  readonly value: number;
}

export interface AnomalyVerdict {
  /** What is usual at this hour; undefined while too little was seen. */
  readonly usual: number | undefined;
  /** Robust standard deviations away from it. */
  readonly z: number;
  /** Worth telling somebody; further alarms of the same stir are held back. */
  readonly isAlarm: boolean;
  /** What "usual" was taken from. */
  readonly basis: 'hourOfWeek' | 'hourOfDay' | 'recent' | 'none';
}

export interface AnomalyOptions {
  /** Two of three such values are an anomaly (Iglewicz and Hoaglin's 3.5). */
  readonly limit: number;
  /** A single value so far away is one by itself. */
  readonly alone: number;
  /** After an alarm the next is at least so much later. */
  readonly quietMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DEFAULTS: AnomalyOptions = { limit: 3.5, alone: 10, quietMs: DAY_MS };
/** .6745 of a normal's standard deviation is its median absolute deviation. */
const SIGMA_TO_MAD = 0.6745;
const LEAST_VALUES = 10;
/** An hour with a steady past still varies at least so much: shares of the spread and of the level overall. */
const LEAST_SPREAD = 0.25;
const LEAST_OF_LEVEL = 0.01;

/**
 * Watches a series as it comes: each value is compared with earlier ones of the same hour of the week,
 * or of the day while fewer than three weeks are known, or with the last ones.
 *
 * Only what came before has a say, so replaying a series gives the alarms it would have given.
 *
 * @see Iglewicz, Hoaglin: How to detect and handle outliers, 1993; marketing.md A44
 */
export function createAnomalyWatch(
  given: Partial<AnomalyOptions> = {},
): (measurement: Measurement) => AnomalyVerdict {
  const options = { ...DEFAULTS, ...given };
  const past = createPast();
  let far: boolean[] = [];
  let lastAlarm = -Infinity;

  return ({ at, value }) => {
    const { usual, spread, basis } = past.at(at);
    const z = usual === undefined ? 0 : (SIGMA_TO_MAD * (value - usual)) / spread;
    far = [...far, Math.abs(z) > options.limit].slice(-3);
    const isAnomaly = Math.abs(z) > options.alone || far.filter(Boolean).length >= 2;
    const isAlarm = isAnomaly && at - lastAlarm > options.quietMs;
    if (isAlarm) lastAlarm = at;
    past.add(at, value);
    return { usual, z, isAlarm, basis };
  };
}

/** The alarms in a whole series, each judged by what came before it. */
export function findAnomalies<M extends Measurement>(
  measurements: readonly M[],
  options: Partial<AnomalyOptions> = {},
): (M & AnomalyVerdict)[] {
  const watch = createAnomalyWatch(options);
  return measurements
    .map((measurement) => ({ ...measurement, ...watch(measurement) }))
    .filter(({ isAlarm }) => isAlarm);
}

interface Slot {
  readonly window: RollingWindow;
  readonly days: Set<number>;
}

const SLOT_VALUES = 150;
const RECENT_VALUES = 1000;

function createPast() {
  const slots = new Map<string, Slot>();
  const recent = createWindow(RECENT_VALUES);
  /** Days a slot needs before it is trusted. */
  const layers = [
    {
      basis: 'hourOfWeek',
      days: 3,
      key: (date: Date) => `${date.getUTCDay()}/${date.getUTCHours()}`,
    },
    { basis: 'hourOfDay', days: 2, key: (date: Date) => `${date.getUTCHours()}` },
  ] as const;

  function choose(date: Date): { window: RollingWindow; basis: AnomalyVerdict['basis'] } {
    for (const { basis, days, key } of layers) {
      const slot = slots.get(key(date));
      if (slot && slot.days.size >= days && slot.window.size >= LEAST_VALUES)
        return { window: slot.window, basis };
    }
    return { window: recent, basis: 'recent' };
  }

  return {
    at(time: number) {
      const { window, basis } = choose(new Date(time));
      if (window.size < LEAST_VALUES)
        return { usual: undefined, spread: 1, basis: 'none' as const };
      const spread = Math.max(
        window.deviation(),
        LEAST_SPREAD * recent.deviation(),
        LEAST_OF_LEVEL * Math.abs(recent.median()),
        Number.EPSILON,
      );
      return { usual: window.median(), spread, basis };
    },
    add(time: number, value: number): void {
      const date = new Date(time);
      for (const { key } of layers) {
        const slot = slots.get(key(date)) ?? { window: createWindow(SLOT_VALUES), days: new Set() };
        slots.set(key(date), slot);
        slot.window.add(value);
        slot.days.add(Math.floor(time / DAY_MS));
      }
      recent.add(value);
    },
  };
}
