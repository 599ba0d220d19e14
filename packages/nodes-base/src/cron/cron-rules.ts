import { ParamError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import type { ScheduleRule } from '@millrace/workflow/node-api';

/**
 * The rules of the old Cron node from `triggerTimes.item[]`.
 *
 * @throws {ParamError} naming the row and field that makes no time.
 */
export function cronRules({ triggerTimes }: JsonObject): readonly ScheduleRule[] {
  const rows = record(triggerTimes)['item'];
  return (Array.isArray(rows) ? rows : []).map((row, index) => ruleOf(record(row), index));
}

function ruleOf(row: JsonObject, index: number): ScheduleRule {
  const read = (name: string, fallback: number, range: readonly [number, number]) =>
    whole(row, { name, fallback, range, index });
  const minute = () => read('minute', 0, [0, 59]);
  const hour = () => read('hour', 14, [0, 23]);
  const mode = String(row['mode'] ?? 'everyDay');
  switch (mode) {
    case 'everyMinute':
      return { cron: '* * * * *' };
    case 'everyHour':
      return { cron: `${minute()} * * * *` };
    case 'everyDay':
      return { cron: `${minute()} ${hour()} * * *` };
    case 'everyWeek':
      return { cron: `${minute()} ${hour()} * * ${read('weekday', 1, [0, 7])}` };
    case 'everyMonth':
      return { cron: `${minute()} ${hour()} ${read('dayOfMonth', 1, [1, 31])} * *` };
    case 'everyX': {
      const perUnit = row['unit'] === 'minutes' ? 1 : 60;
      const count = read('value', 2, [1, 1000]) * perUnit;
      return { cron: '* * * * *', every: { unit: 'minutes', count } };
    }
    case 'custom':
      return { cron: String(row['cronExpression'] ?? '').trim() };
    default:
      throw mismatch(`triggerTimes.item[${index}].mode`, 'a mode of the node', mode);
  }
}

interface Field {
  readonly name: string;
  readonly fallback: number;
  readonly range: readonly [min: number, max: number];
  readonly index: number;
}

function whole(row: JsonObject, { name, fallback, range: [min, max], index }: Field): number {
  const given = row[name];
  const value = given === undefined || given === '' ? fallback : Number(given);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  const expected = `a whole number from ${min} to ${max}`;
  throw mismatch(`triggerTimes.item[${index}].${name}`, expected, given);
}

const mismatch = (path: string, expected: string, received: unknown) =>
  new ParamError({ path, expected, received, reason: 'mismatch' });

const record = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
