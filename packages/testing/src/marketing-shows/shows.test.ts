import { expect, test } from 'vitest';
import { showTable } from './show-line.ts';
import { show } from './shows.ts';

test('six weeks of the shop, on a tenth of the sample data: all that is shown holds', async () => {
  const { lines, lessons } = await show(0.1);
  const missed = lines.filter(({ holds }) => !holds);
  expect(missed, showTable(lines)).toEqual([]);
  expect(lines.length).toBeGreaterThanOrEqual(40);
  expect(lessons.length).toBeGreaterThanOrEqual(4);
}, 900_000);

test('a line that does not hold is marked in the table', () => {
  const table = showTable([
    { what: 'apples', asked: '≥ 3', found: '2', holds: false },
    { what: 'pears', asked: '≥ 3', found: '3', holds: true, seconds: 1.25 },
  ]);
  expect(table.split('\n')).toEqual([
    '      shown   asked  found  took',
    'MISS  apples  ≥ 3    2',
    'ok    pears   ≥ 3    3      1.3 s',
  ]);
});
