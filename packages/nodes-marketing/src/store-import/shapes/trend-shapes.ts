import type { Tables } from '@millrace/workflow/node-api';
import { trendPoints, trends } from '../../tables/trends.ts';
import type { Cells } from '../columns.ts';
import { importShape, type ImportShape } from '../import-shape.ts';

interface Point {
  readonly term: string;
  readonly source: string;
  readonly at: number;
  readonly value: number;
  readonly shares?: number;
}

/** The points of one row. */
interface TrendRow {
  readonly points: readonly Point[];
}

/** One row a term and date. */
export const longTrendShape: ImportShape = importShape<TrendRow>({
  source: 'trends',
  target: 'trends',
  needs: [
    ['term', 'trend', 'topic'],
    ['at', 'date', 'day', 'week', 'month', 'time'],
    ['value', 'interest', 'views', 'count'],
  ],
  read({ text, number, time }) {
    const [term, source] = [text('term', 'trend', 'topic'), text('source')];
    const at = time('at', 'date', 'day', 'week', 'month', 'time');
    const [value, shares] = [number('value', 'interest', 'views', 'count'), number('shares')];
    return (cells) => {
      const [called, when, level] = [term(cells), at(cells), value(cells)];
      if (!called) return { problem: 'No term' };
      if (when === undefined)
        return { problem: 'No date that can be told: write it as 2026-11-21' };
      if (level === undefined) return { problem: 'No value' };
      const shared = shares(cells);
      const own = { term: called, source: source(cells) ?? 'import', at: when, value: level };
      return { points: [shared === undefined ? own : { ...own, shares: Math.round(shared) }] };
    };
  },
  write: writePoints,
});

const TIMES = ['day', 'week', 'month', 'time'];
/** Google Trends writes `<1` for what rounds to nothing. */
const LESS_THAN_ONE = 0.5;

/** Google Trends: a column of times, then one a term, `hose: (Worldwide)`. */
export const wideTrendShape: ImportShape = importShape<TrendRow>({
  source: 'google-trends',
  target: 'trends',
  needs: [TIMES],
  read({ names, time }) {
    const terms = names.map((name) => name.replace(/:\s*\([^)]*\)\s*$/, '').trim());
    const at = time(...TIMES);
    if (!TIMES.includes(names[0] ?? '') || terms.length < 2 || terms.some((term) => !term))
      return undefined;
    return (cells) => {
      const when = at(monthAsDay(cells));
      if (when === undefined) return { problem: `“${cells[0] ?? ''}” is no date` };
      const points = terms.slice(1).flatMap((term, index) => {
        const value = levelOf(cells[index + 1] ?? '');
        return value === undefined ? [] : { term, source: 'google-trends', at: when, value };
      });
      return points.length > 0 ? { points } : { problem: 'No value' };
    };
  },
  write: writePoints,
});

/** `2026-11` is its first day. */
const monthAsDay = ([first = '', ...rest]: Cells): Cells => [
  /^\d{4}-\d{2}$/.test(first) ? `${first}-01` : first,
  ...rest,
];

function levelOf(text: string): number | undefined {
  if (text.trim() === '<1') return LESS_THAN_ONE;
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : undefined;
}

async function writePoints(tables: Tables, rows: readonly TrendRow[]): Promise<number> {
  const points = rows.flatMap((row) => row.points);
  const store = tables.open(trends);
  const named = new Map(
    points.map(({ term, source }) => [JSON.stringify([term, source]), { term, source }]),
  );
  await store.insertMany([...named.values()], { onConflict: 'skip' });
  const known = await store.find({
    where: { term: { in: [...new Set(points.map(({ term }) => term))] }, geo: '' },
    columns: ['id', 'term', 'source'],
  });
  const ids = new Map(known.map(({ id, term, source }) => [JSON.stringify([term, source]), id]));
  return tables.open(trendPoints).upsertMany(
    points.flatMap(({ term, source, at, value, shares }) => {
      const trendId = ids.get(JSON.stringify([term, source]));
      return trendId === undefined ? [] : { trendId, at, value, shares: shares ?? null };
    }),
    { by: ['trendId', 'at'] },
  );
}
