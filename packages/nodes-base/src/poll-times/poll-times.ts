import { NodeError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import type { Property, PropertyChoice, ScheduleRule } from '@millrace/workflow/node-api';

const MODES: readonly PropertyChoice[] = [
  { name: 'Every minute', value: 'everyMinute' },
  { name: 'Every hour', value: 'everyHour' },
  { name: 'Every day', value: 'everyDay' },
  { name: 'Every week', value: 'everyWeek' },
  { name: 'Every month', value: 'everyMonth' },
  { name: 'Every X', value: 'everyX' },
  { name: 'Custom', value: 'custom' },
];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const shownIn = (...mode: readonly string[]) => ({ displayOptions: { show: { mode } } });
const number = (
  name: string,
  displayName: string,
  fallback: number,
  ...modes: string[]
): Property => ({
  displayName,
  name,
  type: 'number',
  default: fallback,
  ...shownIn(...modes),
});

/** When a polling trigger looks; n8n gives every one of them this parameter. */
export const pollTimes: Property = {
  displayName: 'Poll times',
  name: 'pollTimes',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true, multipleValueButtonText: 'Add poll time' },
  default: { item: [{ mode: 'everyMinute' }] },
  options: [
    {
      name: 'item',
      displayName: 'Item',
      values: [
        {
          displayName: 'Mode',
          name: 'mode',
          type: 'options',
          default: 'everyDay',
          options: MODES,
        },
        number('hour', 'Hour', 14, 'everyDay', 'everyWeek', 'everyMonth'),
        number('minute', 'Minute', 0, 'everyHour', 'everyDay', 'everyWeek', 'everyMonth'),
        number('dayOfMonth', 'Day of month', 1, 'everyMonth'),
        {
          displayName: 'Weekday',
          name: 'weekday',
          type: 'options',
          default: '1',
          options: WEEKDAYS.map((name, day) => ({ name, value: String(day) })),
          ...shownIn('everyWeek'),
        },
        {
          displayName: 'Cron expression',
          name: 'cronExpression',
          type: 'string',
          default: '* * * * *',
          ...shownIn('custom'),
        },
        number('value', 'Value', 2, 'everyX'),
        {
          displayName: 'Unit',
          name: 'unit',
          type: 'options',
          default: 'hours',
          options: [
            { name: 'Minutes', value: 'minutes' },
            { name: 'Hours', value: 'hours' },
          ],
          ...shownIn('everyX'),
        },
      ],
    },
  ],
};

/** The rules behind the `pollTimes` parameter. @throws {NodeError} for looks closer than a minute. */
export function pollRules({ pollTimes: given }: JsonObject): readonly ScheduleRule[] {
  const list = record(given)['item'];
  return (Array.isArray(list) ? list : []).map((each) => ({ cron: cronOf(record(each)) }));
}

function cronOf(time: JsonObject): string {
  const numberIn = (name: string, fallback: number) => Number(time[name] ?? fallback);
  const at = `${numberIn('minute', 0)} ${numberIn('hour', 14)}`;
  switch (time['mode'] ?? 'everyDay') {
    case 'everyMinute':
      return '* * * * *';
    case 'everyHour':
      return `${numberIn('minute', 0)} * * * *`;
    case 'everyDay':
      return `${at} * * *`;
    case 'everyWeek':
      return `${at} * * ${numberIn('weekday', 1)}`;
    case 'everyMonth':
      return `${at} ${numberIn('dayOfMonth', 1)} * *`;
    case 'everyX':
      return everyX(Math.max(1, Math.trunc(numberIn('value', 2))), time['unit'] === 'minutes');
    default:
      return custom(String(time['cronExpression'] ?? '').trim());
  }
}

const everyX = (count: number, isMinutes: boolean) =>
  isMinutes ? `*/${Math.min(count, 59)} * * * *` : `0 */${Math.min(count, 23)} * * *`;

/** Six fields begin with seconds: a fixed one is fine, any other looks more than once a minute. */
function custom(cron: string): string {
  const [seconds = '', ...rest] = cron.split(/\s+/);
  if (rest.length < 5 || /^\d+$/.test(seconds)) return cron;
  throw new NodeError(
    `The poll time "${cron}" looks more than once a minute`,
    { node: '' },
    { fix: 'Give the seconds as one number, or leave them out' },
  );
}

const record = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
