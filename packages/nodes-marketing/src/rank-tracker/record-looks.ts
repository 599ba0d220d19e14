import type { Tables } from '@millrace/workflow/node-api';
import { keywords, rankings } from '../tables/keywords.ts';
import type { KeywordLook } from './read-looks.ts';

const CHUNK = 500;

/**
 * Stores looks; keywords that are not known yet are added. A look that failed never takes the place of
 * one of the same day that did not, so trying again is safe.
 *
 * @returns Ids of the keywords, in order of the looks.
 */
export async function recordLooks(
  tables: Tables,
  looks: readonly KeywordLook[],
  { source, market }: { readonly source: string; readonly market: string },
): Promise<string[]> {
  return tables.transaction(async (inside) => {
    const ids = await keywordIds(inside, looks, market);
    const rows = looks.map(({ keyword, day, state, position, url }) => ({
      keywordId: ids.get(normal(keyword)) ?? '',
      day,
      source,
      state,
      position,
      url,
    }));
    const store = inside.open(rankings);
    await store.insertMany(
      rows.filter(({ state }) => state === 'failed'),
      { onConflict: 'skip' },
    );
    await store.upsertMany(
      rows.filter(({ state }) => state !== 'failed'),
      { by: ['keywordId', 'day', 'source'] },
    );
    const since = looks.reduce((first, { day }) => (day < first ? day : first), '9999');
    await writeLatest(inside, [...new Set(rows.map(({ keywordId }) => keywordId))], since);
    return rows.map(({ keywordId }) => keywordId);
  });
}

const normal = (text: string): string => text.trim().toLowerCase().replaceAll(/\s+/g, ' ');

async function keywordIds(
  tables: Tables,
  looks: readonly KeywordLook[],
  market: string,
): Promise<Map<string, string>> {
  const store = tables.open(keywords);
  const texts = new Map(looks.map(({ keyword }) => [normal(keyword), keyword.trim()]));
  const ids = new Map<string, string>();
  const wanted = [...texts];
  for (let start = 0; start < wanted.length; start += CHUNK) {
    const part = wanted.slice(start, start + CHUNK);
    const where = { market, textNormal: { in: part.map(([textNormal]) => textNormal) } };
    const known = await store.find({
      where,
      columns: ['id', 'textNormal'],
      orderBy: { id: 'asc' },
    });
    const isKnown = new Set(known.map(({ textNormal }) => textNormal));
    await store.insertMany(
      part.flatMap(([textNormal, text]) =>
        isKnown.has(textNormal) ? [] : [{ text, textNormal, market, source: 'ranks' }],
      ),
      { onConflict: 'skip' },
    );
    const all = await store.find({ where, columns: ['id', 'textNormal'], orderBy: { id: 'asc' } });
    for (const { id, textNormal } of all) if (!ids.has(textNormal)) ids.set(textNormal, id);
  }
  return ids;
}

/** A keyword shows its last known rank: none when it was looked for and not found. */
async function writeLatest(tables: Tables, ids: readonly string[], since: string): Promise<void> {
  for (let start = 0; start < ids.length; start += CHUNK) {
    const part = ids.slice(start, start + CHUNK);
    const looks = await tables.open(rankings).find({
      where: { keywordId: { in: part }, state: { in: ['found', 'notFound'] }, day: { gte: since } },
      orderBy: { day: 'asc' },
    });
    const latest = new Map(looks.map((look) => [look.keywordId, look]));
    const rows = await tables.open(keywords).find({ where: { id: { in: [...latest.keys()] } } });
    await tables.open(keywords).upsertMany(
      rows.map((row) => {
        const { position = null, url = null } = latest.get(row.id) ?? {};
        return { ...row, position, url };
      }),
      { by: ['id'], update: ['position', 'url'] },
    );
  }
}
