import { DateTime, Duration, Interval } from 'luxon';
import { expect, test } from 'vitest';
import { createEvaluator } from '../index.ts';
import { scopeOf } from '../scope.fixture.ts';

const { evaluate } = createEvaluator();
const scope = scopeOf([{ json: {} }]);
const answer = (code: string) => evaluate(`={{ ${code} }}`, scope, 0);

const from = DateTime.fromISO('2023-12-25T01:02:03', { zone: scope.timezone });
const to = DateTime.fromISO('2024-03-10T15:45:30', { zone: scope.timezone });
const FROM = 'DateTime.fromISO("2023-12-25T01:02:03")';
const TO = 'DateTime.fromISO("2024-03-10T15:45:30")';
const span = Interval.fromDateTimes(from, to);
const SPAN = `Interval.fromDateTimes(${FROM}, ${TO})`;

/** What Luxon itself says is what expressions say. */
test.each([
  [`${TO}.toISO()`, to.toISO()],
  [`${TO}.toFormat("cccc d LLLL y HH:mm ZZ")`, to.toFormat('cccc d LLLL y HH:mm ZZ')],
  [`${TO}.startOf("week").toISODate()`, to.startOf('week').toISODate()],
  [
    `${TO}.diff(${FROM}, ["months", "days"]).toObject()`,
    to.diff(from, ['months', 'days']).toObject(),
  ],
  [`${TO}.weeksInLocalWeekYear`, to.weeksInLocalWeekYear],
  [`${TO}.getPossibleOffsets().length`, to.getPossibleOffsets().length],
  [`${TO}.setZone("Asia/Tokyo").toISO()`, to.setZone('Asia/Tokyo').toISO()],
  [`${TO}.toLocaleString(DateTime.DATE_FULL)`, to.toLocaleString(DateTime.DATE_FULL)],
  [
    'Duration.fromObject({ hours: 2, minutes: 0 }).mapUnits(x => x * 2).toObject()',
    { hours: 4, minutes: 0 },
  ],
  ['Duration.fromObject({ hours: 2, minutes: 0 }).removeZeros().toObject()', { hours: 2 }],
  [
    'Duration.fromDurationLike({ days: 1 }).as("hours")',
    Duration.fromObject({ days: 1 }).as('hours'),
  ],
  [`${SPAN}.splitBy({ days: 7 }).length`, span.splitBy({ days: 7 }).length],
  [`${SPAN}.mapEndpoints(d => d.plus({ days: 1 })).toISODate()`, '2023-12-26/2024-03-11'],
  [`Interval.fromDateTimes(${TO}, ${FROM}).splitBy({ days: 7 })`, []],
])('%s', (code, value) => {
  expect(answer(code)).toEqual(value);
});

test('presets of formats cannot be changed for others', () => {
  const before = { ...DateTime.DATE_MED };
  answer('(() => { DateTime.DATE_MED.year = "2-digit"; return 1 })()');
  expect(DateTime.DATE_MED).toEqual(before);
  expect(answer('DateTime.DATE_MED')).toEqual(before);
});
