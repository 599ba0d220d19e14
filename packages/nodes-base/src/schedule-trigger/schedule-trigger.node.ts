import type { Item } from '@millrace/workflow/items';
import { defineNode, p } from '@millrace/workflow/node-api';
import { DateTime } from 'luxon';
import { ordinalEnding } from '../date-time/moment-format.ts';
import { icon } from '../icon.ts';
import { scheduleRules } from './schedule-rules.ts';

const unit = (label: string, fallback: number, field: string, max: number) =>
  p.number({ label, default: fallback, min: 1, max, when: { field: [field] } });

/** Starts a workflow at fixed times. */
export const scheduleTriggerNode = defineNode({
  name: 'n8n-nodes-base.scheduleTrigger',
  label: 'Schedule Trigger',
  description: 'Starts the workflow at fixed times',
  version: [1, 1.1, 1.2, 1.3, 1.4],
  defaultVersion: 1.4,
  group: ['trigger'],
  icon: icon('M5 5h14v15H5z', 'M5 10h14', 'M9 3v4', 'M15 3v4'),
  inputs: [],
  params: {
    rule: p.list({
      label: 'Trigger rules',
      group: 'interval',
      default: { interval: [{}] },
      addLabel: 'Add rule',
      item: {
        field: p.options({
          label: 'Trigger interval',
          default: 'days',
          choices: [
            { value: 'seconds', label: 'Seconds' },
            { value: 'minutes', label: 'Minutes' },
            { value: 'hours', label: 'Hours' },
            { value: 'days', label: 'Days' },
            { value: 'weeks', label: 'Weeks' },
            { value: 'months', label: 'Months' },
            { value: 'cronExpression', label: 'Custom (cron)' },
          ],
        }),
        secondsInterval: unit('Seconds between triggers', 30, 'seconds', 59),
        minutesInterval: unit('Minutes between triggers', 5, 'minutes', 59),
        hoursInterval: unit('Hours between triggers', 1, 'hours', 1000),
        daysInterval: unit('Days between triggers', 1, 'days', 1000),
        weeksInterval: unit('Weeks between triggers', 1, 'weeks', 1000),
        monthsInterval: unit('Months between triggers', 1, 'months', 1000),
        triggerAtDayOfMonth: unit('Trigger at day of month', 1, 'months', 31),
        triggerAtDay: p.raw({
          label: 'Trigger on weekdays',
          type: 'multiOptions',
          default: [0],
          when: { field: ['weeks'] },
          options: [
            'Sunday',
            'Monday',
            'Tuesday',
            'Wednesday',
            'Thursday',
            'Friday',
            'Saturday',
          ].map((name, value) => ({ name, value })),
        }),
        triggerAtHour: p.number({
          label: 'Trigger at hour',
          default: 0,
          min: 0,
          max: 23,
          when: { field: ['days', 'weeks', 'months'] },
        }),
        triggerAtMinute: p.number({
          label: 'Trigger at minute',
          default: 0,
          min: 0,
          max: 59,
          when: { field: ['hours', 'days', 'weeks', 'months'] },
        }),
        expression: p.string({
          label: 'Expression',
          placeholder: '0 15 * 1 sun',
          when: { field: ['cronExpression'] },
        }),
      },
    }),
    misfirePolicy: p.options({
      label: 'Missed runs',
      default: 'skip',
      when: { '@version': [{ _cnd: { gte: 1.4 } }] },
      choices: [
        { value: 'skip', label: 'Skip' },
        { value: 'coalesce', label: 'Run once' },
        { value: 'coalesce_owner', label: 'Run once, on the owner' },
      ],
    }),
    misfireGraceSeconds: p.number({
      label: 'Grace in seconds',
      default: 0,
      min: 0,
      when: { '@version': [{ _cnd: { gte: 1.4 } }] },
    }),
  },
  schedules: scheduleRules,
  execute: (context) => [[scheduleItem(context.now(), context.timezone)]],
});

/** What the trigger puts out: the moment, in the workflow's zone and in words. */
export function scheduleItem(nowMs: number, timezone: string): Item {
  const now = DateTime.fromMillis(nowMs, { zone: timezone }).setLocale('en');
  return {
    json: {
      timestamp: now.toISO(),
      'Readable date': now
        .toFormat("MMMM d'${ordinal}' yyyy, h:mm:ss a")
        .replace('${ordinal}', ordinalEnding(now.day))
        .replace(/[AP]M$/, (half) => half.toLowerCase()),
      'Readable time': now.toFormat('h:mm:ss a').replace(/[AP]M$/, (half) => half.toLowerCase()),
      'Day of week': now.toFormat('cccc'),
      Year: now.toFormat('yyyy'),
      Month: now.toFormat('MMMM'),
      'Day of month': now.toFormat('dd'),
      Hour: now.toFormat('HH'),
      Minute: now.toFormat('mm'),
      Second: now.toFormat('ss'),
      Timezone: `${timezone} (UTC${now.toFormat('ZZ')})`,
    },
  };
}
