import { isPlainObject } from './plain-object.ts';
import type { Problem } from './problem.ts';

/** At most `max` within any stretch of `periodSeconds`. */
export interface RateLimit {
  readonly max: number;
  readonly periodSeconds: number;
}

/** How many at once, and how many within a time; what is absent is not limited. */
export interface Limit {
  readonly maxConcurrency?: number;
  readonly rate?: RateLimit;
}

/** Executions whose key is the same share a limit. */
export interface KeyLimit extends Limit {
  /** An expression over the first item of the trigger, such as `={{ $json.body.customer }}`. */
  readonly key: string;
}

/** `settings.limits` of a workflow. How many of it may run at once stands in `settings.maxConcurrency`. */
export interface LimitSettings {
  readonly rate?: RateLimit;
  readonly perKey?: KeyLimit;
}

/** Everything that holds back executions of one workflow. */
export interface WorkflowLimits {
  readonly all: Limit;
  readonly perKey: KeyLimit | undefined;
}

/** Largest numbers that make sense; a start is kept for each of `max`. */
export const LIMIT_RANGES = {
  maxConcurrency: 10_000,
  rateMax: 10_000,
  periodSeconds: 31 * 86_400,
  keyLength: 2000,
} as const;

interface Settings {
  readonly maxConcurrency?: unknown;
  readonly limits?: unknown;
}

/**
 * The limits a workflow's settings set; `undefined` when there are none. What is not a limit (a file
 * that was written by hand) limits nothing: {@link limitProblems} says so when it is saved.
 */
export function readLimits(settings: Settings | undefined): WorkflowLimits | undefined {
  if (settings?.maxConcurrency === undefined && settings?.limits === undefined) return undefined;
  const given = isPlainObject(settings.limits) ? settings.limits : {};
  const all = readLimit({ maxConcurrency: settings.maxConcurrency, rate: given.rate });
  const perKey = readKeyLimit(given.perKey);
  return all.maxConcurrency === undefined && !all.rate && !perKey ? undefined : { all, perKey };
}

function readKeyLimit(value: unknown): KeyLimit | undefined {
  if (!isPlainObject(value) || typeof value.key !== 'string' || value.key.trim() === '')
    return undefined;
  const limit = limitIn(value);
  return limit && { key: value.key, ...limit };
}

/** A limit in stored JSON; `undefined` when it limits nothing. */
export function limitIn(value: unknown): Limit | undefined {
  const limit = isPlainObject(value) ? readLimit(value) : {};
  return limit.maxConcurrency === undefined && !limit.rate ? undefined : limit;
}

function readLimit({ maxConcurrency, rate }: { maxConcurrency?: unknown; rate?: unknown }): Limit {
  const atOnce = typeof maxConcurrency === 'number' ? Math.floor(maxConcurrency) : 0;
  const isRate =
    isPlainObject(rate) &&
    isWhole(rate.max, LIMIT_RANGES.rateMax) &&
    isWhole(rate.periodSeconds, LIMIT_RANGES.periodSeconds);
  return {
    ...(atOnce >= 1 && { maxConcurrency: atOnce }),
    ...(isRate && { rate: { max: Number(rate.max), periodSeconds: Number(rate.periodSeconds) } }),
  };
}

/** What is wrong with the limits in a workflow's settings, each with its place and how to mend it. */
export function limitProblems(settings: Settings | undefined): Problem[] {
  if (!settings) return [];
  const { maxConcurrency, limits } = settings;
  const found = concurrencyProblems(maxConcurrency, 'settings.maxConcurrency');
  if (limits === undefined) return found;
  if (!isPlainObject(limits))
    return [...found, problem('settings.limits', limits, 'an object with "rate" or "perKey"')];
  return [
    ...found,
    ...rateProblems(limits.rate, 'settings.limits.rate'),
    ...keyProblems(limits.perKey, 'settings.limits.perKey'),
  ];
}

function keyProblems(value: unknown, field: string): Problem[] {
  if (value === undefined) return [];
  if (!isPlainObject(value))
    return [problem(field, value, 'an object with "key" and "maxConcurrency" or "rate"')];
  const { key, maxConcurrency, rate } = value;
  const isKey =
    typeof key === 'string' && key.trim() !== '' && key.length <= LIMIT_RANGES.keyLength;
  const isAnyLimit = maxConcurrency !== undefined || rate !== undefined;
  return [
    ...(isKey
      ? []
      : [problem(`${field}.key`, key, 'an expression such as ={{ $json.body.customer }}')]),
    ...(isAnyLimit ? [] : [problem(field, value, 'a key with "maxConcurrency" or "rate"')]),
    ...concurrencyProblems(maxConcurrency, `${field}.maxConcurrency`),
    ...rateProblems(rate, `${field}.rate`),
  ];
}

function concurrencyProblems(value: unknown, field: string): Problem[] {
  const { maxConcurrency: most } = LIMIT_RANGES;
  if (value === undefined || isWhole(value, most)) return [];
  return [problem(field, value, `a whole number from 1 to ${most}`)];
}

function rateProblems(value: unknown, field: string): Problem[] {
  if (value === undefined) return [];
  if (!isPlainObject(value))
    return [problem(field, value, 'an object with "max" and "periodSeconds"')];
  const { rateMax, periodSeconds } = LIMIT_RANGES;
  return [
    ...(isWhole(value.max, rateMax)
      ? []
      : [problem(`${field}.max`, value.max, `a whole number from 1 to ${rateMax}`)]),
    ...(isWhole(value.periodSeconds, periodSeconds)
      ? []
      : [
          problem(
            `${field}.periodSeconds`,
            value.periodSeconds,
            `a whole number of seconds from 1 to ${periodSeconds}`,
          ),
        ]),
  ];
}

const isWhole = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;

/** Long enough to recognise what was given. */
const SHOWN_LENGTH = 60;

const problem = (field: string, value: unknown, wanted: string): Problem => ({
  code: 'RESOURCE_INVALID',
  message: `"${field}" is ${JSON.stringify(value)?.slice(0, SHOWN_LENGTH) ?? 'missing'}, not ${wanted}`,
  fix: `Give ${wanted}, or leave it out for no limit`,
  field,
  severity: 'error',
});
