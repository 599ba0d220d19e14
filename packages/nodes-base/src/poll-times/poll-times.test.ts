import { expect, test } from 'vitest';
import { pollRules } from './poll-times.ts';

test.each([
  [{ mode: 'everyMinute' }, '* * * * *'],
  [{ mode: 'everyHour', minute: 5 }, '5 * * * *'],
  [{}, '0 14 * * *'],
  [{ mode: 'everyWeek', weekday: '3', hour: 9, minute: 30 }, '30 9 * * 3'],
  [{ mode: 'everyMonth', dayOfMonth: 2 }, '0 14 2 * *'],
  [{ mode: 'everyX', value: 10, unit: 'minutes' }, '*/10 * * * *'],
  [{ mode: 'everyX', value: 3, unit: 'hours' }, '0 */3 * * *'],
  [{ mode: 'custom', cronExpression: '30 0 * * * *' }, '30 0 * * * *'],
])('%o is the cron line %s', (time, cron) => {
  expect(pollRules({ pollTimes: { item: [time] } })).toEqual([{ cron }]);
});

test('looks closer than a minute are refused', () => {
  const item = [{ mode: 'custom', cronExpression: '*/5 * * * * *' }];
  expect(() => pollRules({ pollTimes: { item } })).toThrow('more than once a minute');
});
