import { ParamError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import type { ScheduleRule } from '@millrace/workflow/node-api';

/** The rules of a schedule trigger from its parameters: `rule.interval[]`, each with a `field` and its numbers. */
export function scheduleRules(parameters: JsonObject): readonly ScheduleRule[] {
  const intervals = record(parameters.rule).interval;
  return (Array.isArray(intervals) && intervals.length > 0 ? intervals : [{}]).map((each) =>
    ruleOf(record(each)),
  );
}

function ruleOf(interval: JsonObject): ScheduleRule {
  const field = String(interval.field ?? 'days');
  const at = (name: string, fallback: number, [min, max]: readonly [number, number]) =>
    whole(interval, name, fallback, [min, max]);
  const minute = () => at('triggerAtMinute', 0, [0, 59]);
  const hour = () => at('triggerAtHour', 0, [0, 23]);
  switch (field) {
    case 'cronExpression':
      return { cron: String(interval.expression ?? '').trim() };
    case 'seconds':
      return { cron: `*/${at('secondsInterval', 30, [1, 59])} * * * * *` };
    case 'minutes':
      return { cron: `*/${at('minutesInterval', 5, [1, 59])} * * * *` };
    case 'hours':
      return repeated(`${minute()} * * * *`, 'hours', at('hoursInterval', 1, [1, 1000]));
    case 'days':
      return repeated(`${minute()} ${hour()} * * *`, 'days', at('daysInterval', 1, [1, 1000]));
    case 'weeks':
      return repeated(
        `${minute()} ${hour()} * * ${weekdays(interval)}`,
        'weeks',
        at('weeksInterval', 1, [1, 1000]),
      );
    case 'months':
      return repeated(
        `${minute()} ${hour()} ${at('triggerAtDayOfMonth', 1, [1, 31])} * *`,
        'months',
        at('monthsInterval', 1, [1, 1000]),
      );
    default:
      throw new ParamError({
        path: 'rule.interval.field',
        expected: 'a schedule unit',
        received: field,
        reason: 'mismatch',
      });
  }
}

function repeated(
  cron: string,
  unit: 'hours' | 'days' | 'weeks' | 'months',
  count: number,
): ScheduleRule {
  return count > 1 ? { cron, every: { unit, count } } : { cron };
}

/** Days of the week, 0 is Sunday. */
function weekdays(interval: JsonObject): string {
  const days = [interval.triggerAtDay ?? [0]].flat().map(Number);
  if (days.length > 0 && days.every((day) => Number.isInteger(day) && day >= 0 && day <= 7))
    return days.join(',');
  throw new ParamError({
    path: 'rule.interval.triggerAtDay',
    expected: 'days 0 to 6',
    received: interval.triggerAtDay,
    reason: 'mismatch',
  });
}

function whole(
  interval: JsonObject,
  name: string,
  fallback: number,
  [min, max]: readonly [number, number],
): number {
  const given = interval[name];
  const value = given === undefined || given === '' ? fallback : Number(given);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new ParamError({
    path: `rule.interval.${name}`,
    expected: `a whole number from ${min} to ${max}`,
    received: given,
    reason: 'mismatch',
  });
}

const record = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
