import { expect, test } from 'vitest';
import type { JsonObject } from '@millrace/workflow/items';
import { createRegistry } from '@millrace/workflow/node-api';
import { nodesBase } from '../index.ts';
import { jsonOf, runNode } from '../testing/fake-context.ts';

const registry = createRegistry(nodesBase.nodes);
const rulesOf = (type: string, parameters: JsonObject) =>
  registry.require(`n8n-nodes-base.${type}`).schedules?.(parameters);

test.each([
  [{ mode: 'everyMinute' }, { cron: '* * * * *' }],
  [{ mode: 'everyHour', minute: 5 }, { cron: '5 * * * *' }],
  [{}, { cron: '0 14 * * *' }],
  [{ mode: 'everyWeek', hour: 8, weekday: '3' }, { cron: '0 8 * * 3' }],
  [{ mode: 'everyMonth', dayOfMonth: 31 }, { cron: '0 14 31 * *' }],
  [
    { mode: 'everyX', value: 3 },
    { cron: '* * * * *', every: { unit: 'minutes', count: 180 } },
  ],
  [
    { mode: 'everyX', value: 45, unit: 'minutes' },
    { cron: '* * * * *', every: { unit: 'minutes', count: 45 } },
  ],
  [{ mode: 'custom', cronExpression: ' 0 9 * * 1-5 ' }, { cron: '0 9 * * 1-5' }],
])('the cron node reads %j', (item, rule) => {
  expect(rulesOf('cron', { triggerTimes: { item: [item] } })).toEqual([rule]);
});

test('a cron node without times never fires', () => {
  expect(rulesOf('cron', {})).toEqual([]);
});

test.each([
  [{ mode: 'everyDay', hour: 24 }, 'triggerTimes.item[0].hour'],
  [{ mode: 'yearly' }, 'triggerTimes.item[0].mode'],
])('the cron node refuses %j by name', (item, path) => {
  expect(() => rulesOf('cron', { triggerTimes: { item: [item] } })).toThrow(path);
});

test.each([
  [{}, { cron: '* * * * * *', every: { unit: 'seconds', count: 1 } }],
  [
    { interval: 90, unit: 'seconds' },
    { cron: '* * * * * *', every: { unit: 'seconds', count: 90 } },
  ],
  [
    { interval: 7, unit: 'hours' },
    { cron: '* * * * *', every: { unit: 'minutes', count: 420 } },
  ],
])('the interval node reads %j', (parameters, rule) => {
  expect(rulesOf('interval', parameters)).toEqual([rule]);
});

test.each([[{ interval: 0 }], [{ interval: 1.5 }], [{ unit: 'weeks' }]])(
  'the interval node refuses %j',
  (parameters) => {
    expect(() => rulesOf('interval', parameters)).toThrow(/interval|unit/);
  },
);

test.each(['cron', 'interval'])('a tried %s node puts out one empty item', async (type) => {
  expect(jsonOf(await runNode({ type, inputs: [] }))).toEqual([{}]);
});
