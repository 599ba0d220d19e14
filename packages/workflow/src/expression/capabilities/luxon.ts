import type { NativeFunction } from '../values.ts';
import { DATE_TIME, DATE_TIME_CLASS } from './luxon-date-time.ts';
import { DURATION, DURATION_CLASS } from './luxon-duration.ts';
import { INTERVAL, INTERVAL_CLASS } from './luxon-interval.ts';
import type { TypeCapability } from './type.ts';

/** What expressions may do with Luxon's values. */
export const LUXON_TYPES: readonly TypeCapability[] = [DATE_TIME, DURATION, INTERVAL];

/** Luxon's classes, as expressions see them. */
export const LUXON_CLASSES: readonly NativeFunction[] = [
  DATE_TIME_CLASS,
  DURATION_CLASS,
  INTERVAL_CLASS,
];
