import { ParamError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import { defineNode, p, type ScheduleRule } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';

const UNITS = [
  { value: 'seconds', label: 'Seconds', cron: '* * * * * *' },
  { value: 'minutes', label: 'Minutes', cron: '* * * * *' },
  { value: 'hours', label: 'Hours', cron: '* * * * *' },
] as const;

/** Starts the workflow over and over, counted from when it was published. The Schedule Trigger took its place. */
export const intervalNode = defineNode({
  name: 'n8n-nodes-base.interval',
  label: 'Interval',
  description: 'Starts the workflow in a fixed interval (old; use the Schedule Trigger)',
  version: 1,
  group: ['trigger', 'schedule'],
  icon: icon('M12 4a8 8 0 1 0 8 8', 'M12 8v4l3 2', 'M16 4h4v4'),
  inputs: [],
  extra: { hidden: true },
  params: {
    interval: p.number({ label: 'Interval', default: 1, min: 1 }),
    unit: p.options({ label: 'Unit', default: 'seconds', choices: [...UNITS] }),
  },
  schedules: (parameters) => [intervalRule(parameters)],
  execute: () => [[{ json: {} }]],
});

/** @throws {ParamError} for an interval that is no whole number above 0, or a unit that is none. */
function intervalRule({ interval, unit = 'seconds' }: JsonObject): ScheduleRule {
  const count = Number(interval ?? 1);
  const found = UNITS.find(({ value }) => value === unit);
  if (!Number.isInteger(count) || count < 1) throw mismatch('interval', 'a whole number', interval);
  if (!found) throw mismatch('unit', 'seconds, minutes or hours', unit);
  const { value, cron } = found;
  return value === 'hours'
    ? { cron, every: { unit: 'minutes', count: count * 60 } }
    : { cron, every: { unit: value, count } };
}

const mismatch = (path: string, expected: string, received: unknown) =>
  new ParamError({ path, expected, received, reason: 'mismatch' });
