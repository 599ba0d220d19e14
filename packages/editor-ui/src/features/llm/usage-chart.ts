import type { LlmUsageRow } from '@millrace/api';
import type { ChartSeries } from '../../ui/index.ts';

const DAY_MS = 86_400_000;

/** Dollars per day, one series per model, dearest first. Days without a call are zero, not missing. */
export function costSeries(
  rows: readonly LlmUsageRow[],
  today: number,
  dayCount: number,
): readonly ChartSeries[] {
  const days = Array.from({ length: dayCount }, (_, index) =>
    new Date(today - (dayCount - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
  const byModel = [...Map.groupBy(rows, ({ model }) => model)];
  return byModel
    .map(([name, own]) => ({
      name,
      kind: 'bar' as const,
      total: sum(own),
      points: days.map((x) => ({ x, y: sum(own.filter(({ day }) => day === x)) })),
    }))
    .toSorted((a, b) => b.total - a.total)
    .map(({ name, kind, points }) => ({ name, kind, points }));
}

const sum = (rows: readonly LlmUsageRow[]) => rows.reduce((total, { cost }) => total + cost, 0);
