import { defineNode, p } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { cronRules } from './cron-rules.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const modes = (...shown: string[]) => ({ mode: shown });

/** Starts the workflow at fixed times. The Schedule Trigger took its place. */
export const cronNode = defineNode({
  name: 'n8n-nodes-base.cron',
  label: 'Cron',
  description: 'Starts the workflow at fixed times (old; use the Schedule Trigger)',
  version: 1,
  group: ['trigger', 'schedule'],
  icon: icon('M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16', 'M12 8v4l3 2'),
  inputs: [],
  extra: { hidden: true },
  params: {
    triggerTimes: p.list({
      label: 'Trigger times',
      group: 'item',
      addLabel: 'Add time',
      item: {
        mode: p.options({
          label: 'Mode',
          default: 'everyDay',
          choices: [
            { value: 'everyMinute', label: 'Every minute' },
            { value: 'everyHour', label: 'Every hour' },
            { value: 'everyDay', label: 'Every day' },
            { value: 'everyWeek', label: 'Every week' },
            { value: 'everyMonth', label: 'Every month' },
            { value: 'everyX', label: 'Every X' },
            { value: 'custom', label: 'Custom' },
          ],
        }),
        hour: p.number({
          label: 'Hour',
          default: 14,
          min: 0,
          max: 23,
          unless: modes('custom', 'everyHour', 'everyMinute', 'everyX'),
        }),
        minute: p.number({
          label: 'Minute',
          default: 0,
          min: 0,
          max: 59,
          unless: modes('custom', 'everyMinute', 'everyX'),
        }),
        dayOfMonth: p.number({
          label: 'Day of month',
          default: 1,
          min: 1,
          max: 31,
          when: modes('everyMonth'),
        }),
        weekday: p.options({
          label: 'Weekday',
          default: '1',
          when: modes('everyWeek'),
          choices: WEEKDAYS.map((label, day) => ({ value: String(day), label })),
        }),
        cronExpression: p.string({
          label: 'Cron expression',
          default: '* * * * * *',
          when: modes('custom'),
        }),
        value: p.number({
          label: 'Value',
          default: 2,
          min: 1,
          max: 1000,
          when: modes('everyX'),
        }),
        unit: p.options({
          label: 'Unit',
          default: 'hours',
          when: modes('everyX'),
          choices: [
            { value: 'minutes', label: 'Minutes' },
            { value: 'hours', label: 'Hours' },
          ],
        }),
      },
    }),
  },
  schedules: cronRules,
  execute: () => [[{ json: {} }]],
});
