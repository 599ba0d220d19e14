import { expect, test } from 'vitest';
import { toMarkdown } from './markdown.ts';

test('a row says what was measured, against what, and how to measure it again', () => {
  const about = { scenario: 'queue', id: 'W3', what: 'queue mode', unit: 'req/s', target: '≥ 0.4' };
  const rows = toMarkdown([
    { ...about, floor: 12_345.6, subject: 5432.1, ratio: 0.44001 },
    { ...about, what: 'lost', subject: 0, unit: '', target: '0' },
  ]).split('\n');
  expect(rows.slice(2)).toEqual([
    '| W3 | queue mode | 12,300 req/s | 5,430 req/s | 0.44 | ≥ 0.4 | `npm run bench queue` |',
    '| W3 | lost |  | 0 |  | 0 | `npm run bench queue` |',
  ]);
});
