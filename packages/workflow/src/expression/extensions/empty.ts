import { DateTime, Duration, Interval } from 'luxon';

/** Whether `$ifEmpty` takes the default: null, undefined, '', [] and {}; 0 and false are something. */
export function isEmptyValue(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof Map || value instanceof Set) return value.size === 0;
  if (
    value instanceof Date ||
    value instanceof DateTime ||
    value instanceof Duration ||
    value instanceof Interval
  )
    return false;
  return Object.keys(value).length === 0;
}
