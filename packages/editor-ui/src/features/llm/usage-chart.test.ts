import type { LlmUsageRow } from '@millrace/api';
import { expect, test } from 'vitest';
import { costSeries } from './usage-chart.ts';

const row = (day: string, model: string, cost: number): LlmUsageRow => ({
  day,
  model,
  cost,
  workflowId: 'w',
  calls: 1,
  inputTokens: 1,
  outputTokens: 1,
  unpricedCalls: 0,
});
const today = Date.parse('2026-11-21T12:00:00Z');

test('each model has every day, workflows added up, the dearest first', () => {
  const rows = [
    row('2026-11-20', 'small', 1),
    row('2026-11-20', 'small', 2),
    row('2026-11-21', 'big', 9),
  ];
  expect(costSeries(rows, today, 2)).toEqual([
    {
      name: 'big',
      kind: 'bar',
      points: [
        { x: '2026-11-20', y: 0 },
        { x: '2026-11-21', y: 9 },
      ],
    },
    {
      name: 'small',
      kind: 'bar',
      points: [
        { x: '2026-11-20', y: 3 },
        { x: '2026-11-21', y: 0 },
      ],
    },
  ]);
});

test('no calls make no series', () => {
  expect(costSeries([], today, 30)).toEqual([]);
});
