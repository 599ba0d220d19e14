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
const LEAST_RECENT = 10;
/** Values the usual error counts for in an hour's own spread. */
const PRIOR_VALUES = 10;
/** Before errors are known: this share of the spread overall. */
const SHARE_OF_SPREAD = 0.25;
/** Nothing is steadier than this share of the level. */
const SHARE_OF_LEVEL = 0.01;
/** A median of n values is off by this over n, in variances of one value. */
const MEDIAN_VARIANCE = Math.PI / 2;

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

  return (measurement) => {
    const { at, value } = measurement;
    const { usual, spread, basis } = past.at(at);
    const z = usual === undefined ? 0 : (SIGMA_TO_MAD * (value - usual)) / spread;
    far = [...far, Math.abs(z) > options.limit].slice(-3);
    const isAnomaly = Math.abs(z) > options.alone || far.filter(Boolean).length >= 2;
    const isAlarm = isAnomaly && at - lastAlarm > options.quietMs;
    if (isAlarm) lastAlarm = at;
    past.add(measurement, usual);
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
  const errors = createWindow(RECENT_VALUES);
  /** Days a slot needs before it is trusted. */
  const layers = [
    {
      basis: 'hourOfWeek',
      days: 3,
      key: (date: Date) => `${date.getUTCDay()}/${date.getUTCHours()}`,
    },
    { basis: 'hourOfDay', days: 2, key: (date: Date) => `${date.getUTCHours()}` },
  ] as const;

  function choose(time: number): { window: RollingWindow; basis: AnomalyVerdict['basis'] } {
    const date = new Date(time);
    for (const { basis, days, key } of layers) {
      const slot = slots.get(key(date));
      if (slot && slot.days.size >= days) return { window: slot.window, basis };
    }
    return { window: recent, basis: 'recent' };
  }

  /** The hour's own spread, drawn towards the error that is usual at any hour. */
  function spreadOf(window: RollingWindow): number {
    const usualError =
      errors.size < LEAST_RECENT ? SHARE_OF_SPREAD * recent.deviation() : errors.median();
    const own =
      (window.size * window.deviation() + PRIOR_VALUES * usualError) / (window.size + PRIOR_VALUES);
    const spread = Math.max(own, SHARE_OF_LEVEL * Math.abs(recent.median()), Number.EPSILON);
    return spread * Math.sqrt(1 + MEDIAN_VARIANCE / window.size);
  }

  return {
    at(time: number) {
      const { window, basis } = choose(time);
      if (recent.size < LEAST_RECENT)
        return { usual: undefined, spread: 1, basis: 'none' as const };
      return { usual: window.median(), spread: spreadOf(window), basis };
    },
    add({ at, value }: Measurement, usual: number | undefined): void {
      const date = new Date(at);
      for (const { key } of layers) {
        const slot = slots.get(key(date)) ?? { window: createWindow(SLOT_VALUES), days: new Set() };
        slots.set(key(date), slot);
        slot.window.add(value);
        slot.days.add(Math.floor(at / DAY_MS));
      }
      recent.add(value);
      if (usual !== undefined) errors.add(Math.abs(value - usual));
    },
  };
}
