import type { Tables } from '@millrace/workflow/node-api';
import { keywords, rankings } from '../../tables/keywords.ts';
import { importShape, type ImportShape } from '../import-shape.ts';
import { normalizeKeyword } from './keyword-shape.ts';

interface Look {
  readonly keyword: string;
  readonly day: string;
  readonly source: string;
  readonly position: number | undefined;
  readonly url: string | undefined;
  readonly clicks: number | undefined;
  readonly impressions: number | undefined;
}

const POSITION = ['position', 'rank', 'rank_absolute', 'rank_group', 'average position'];
const DAY = ['day', 'date', 'datetime', 'check date'];

/** Ranks by day: Search Console with dates, DataForSEO, rank trackers. Unknown keywords are added. */
export const rankingShape: ImportShape = importShape<Look>({
  source: 'rankings',
  target: 'rankings',
  needs: [['keyword', 'query', 'top queries'], DAY, POSITION],
  read({ text, day, number, has }) {
    const [keyword, at] = [text('keyword', 'query', 'top queries'), day(...DAY)];
    const [position, url] = [number(...POSITION), text('url', 'page', 'landing page')];
    const [clicks, impressions] = [number('clicks'), number('impressions')];
    const named = text('source', 'search engine');
    const source = has('impressions') ? 'search-console' : 'import';
    return (cells) => {
      const [term, seen] = [keyword(cells), at(cells)];
      if (!term) return { problem: 'No keyword' };
      if (!seen) return { problem: 'No date that can be told: write it as 2026-11-21' };
      const rank = position(cells);
      return {
        keyword: term,
        day: seen,
        source: named(cells) ?? source,
        // Trackers write 0 for "not found"; as a rank it would be better than the first.
        position: rank !== undefined && rank >= 1 ? rank : undefined,
        url: url(cells),
        clicks: clicks(cells),
        impressions: impressions(cells),
      };
    };
  },
  write: writeRankings,
});

async function writeRankings(tables: Tables, looks: readonly Look[]): Promise<number> {
  const ids = await keywordIds(tables, looks);
  const rows = looks.flatMap(({ keyword, day, source, position, url, clicks, impressions }) => {
    const keywordId = ids.get(normalizeKeyword(keyword));
    if (keywordId === undefined) return [];
    return {
      keywordId,
      day,
      source,
      state: position === undefined ? ('notFound' as const) : ('found' as const),
      position: position ?? null,
      url: url ?? null,
      clicks: clicks === undefined ? null : Math.round(clicks),
      impressions: impressions === undefined ? null : Math.round(impressions),
    };
  });
  return tables.open(rankings).upsertMany(rows, { by: ['keywordId', 'day', 'source'] });
}

async function keywordIds(
  tables: Tables,
  looks: readonly Look[],
): Promise<ReadonlyMap<string, string>> {
  const store = tables.open(keywords);
  const texts = new Map(looks.map(({ keyword }) => [normalizeKeyword(keyword), keyword]));
  await store.insertMany(
    [...texts].map(([textNormal, text]) => ({ text, textNormal, source: 'rankings' })),
    { onConflict: 'skip' },
  );
  const rows = await store.find({
    where: { textNormal: { in: [...texts.keys()] }, market: '', device: 'any' },
    columns: ['id', 'textNormal'],
  });
  return new Map(rows.map(({ id, textNormal }) => [textNormal, id]));
}
