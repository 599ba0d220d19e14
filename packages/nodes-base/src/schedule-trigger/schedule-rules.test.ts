import { expect, test } from 'vitest';
import { scheduleItem } from './schedule-trigger.node.ts';
import { scheduleRules } from './schedule-rules.ts';

test.each([
  [{}, [{ cron: '0 0 * * *' }]],
  [{ field: 'seconds', secondsInterval: 10 }, [{ cron: '*/10 * * * * *' }]],
  [{ field: 'minutes' }, [{ cron: '*/5 * * * *' }]],
  [
    { field: 'hours', hoursInterval: 2, triggerAtMinute: 15 },
    [{ cron: '15 * * * *', every: { unit: 'hours', count: 2 } }],
  ],
  [{ field: 'weeks', triggerAtDay: [1, 3], triggerAtHour: 9 }, [{ cron: '0 9 * * 1,3' }]],
  [
    { field: 'months', monthsInterval: 3, triggerAtDayOfMonth: 5 },
    [{ cron: '0 0 5 * *', every: { unit: 'months', count: 3 } }],
  ],
  [{ field: 'cronExpression', expression: '0 15 * 1 sun' }, [{ cron: '0 15 * 1 sun' }]],
])('%j fires at %j', (interval, rules) => {
  expect(scheduleRules({ rule: { interval: [interval] } })).toEqual(rules);
});

test('refuses numbers out of range', () => {
  expect(() =>
    scheduleRules({ rule: { interval: [{ field: 'days', triggerAtHour: 24 }] } }),
  ).toThrow('from 0 to 23');
});

test('puts out the moment in the zone of the workflow', () => {
  expect(scheduleItem(Date.UTC(2026, 0, 2, 12, 4, 5), 'Europe/Berlin').json).toEqual({
    timestamp: '2026-01-02T13:04:05.000+01:00',
    'Readable date': 'January 2nd 2026, 1:04:05 pm',
    'Readable time': '1:04:05 pm',
    'Day of week': 'Friday',
    Year: '2026',
    Month: 'January',
    'Day of month': '02',
    Hour: '13',
    Minute: '04',
    Second: '05',
    Timezone: 'Europe/Berlin (UTC+01:00)',
  });
});
