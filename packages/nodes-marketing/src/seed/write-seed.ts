import type { NewRow, TableDeclaration, Tables } from '@millrace/workflow/node-api';
import { campaignDays, campaignMemories, campaigns } from '../tables/campaigns.ts';
import { keywords, pages } from '../tables/keywords.ts';
import { backlinks, domains, journalistQueries } from '../tables/links.ts';
import { trendPoints, trends } from '../tables/trends.ts';
import { seedCampaigns, seedMemories } from './campaigns.ts';
import { seedKeywords } from './keywords.ts';
import { OWN_DOMAIN, seedBacklinks, seedDomains, seedQueries } from './links.ts';
import { seedTrends } from './trends.ts';
import { PRODUCTS } from './vocabulary.ts';

export interface SeedOptions {
  readonly seed: number;
  readonly now: number;
  /** 1 is 71,297 records besides time series, 10 ten times as many. */
  readonly scale: number;
  readonly signal?: AbortSignal;
  /** Told after each table. */
  progress?(table: string, rows: number): Promise<void> | void;
}

const AT_ONCE = 2000;

/** Fills the project with the invented shop. Rows that are there already stay, so it can be done again. */
export async function writeSeed(tables: Tables, options: SeedOptions): Promise<number> {
  const { seed, now, scale, signal, progress } = options;
  const count = (rows: number) => Math.max(1, Math.round(rows * scale));
  let total = 0;

  async function write<T extends TableDeclaration>(
    table: T,
    rows: Iterable<NewRow<T>>,
  ): Promise<void> {
    let written = 0;
    for (const chunk of chunks(rows)) {
      signal?.throwIfAborted();
      written += await tables.open(table).insertMany(chunk, { onConflict: 'skip' });
    }
    total += written;
    await progress?.(table.name, written);
  }

  await write(keywords, seedKeywords(count(46_151), seed));
  await write(domains, seedDomains(count(5000), seed));
  const links = { own: count(2000), rivals: count(20_000), sites: count(5000) };
  await write(backlinks, seedBacklinks(links, seed, now));
  await write(journalistQueries, seedQueries(count(120), seed, now));
  await write(pages, seedPages(count(5000)));
  await write(campaignMemories, seedMemories(count(5000), seed, now));
  const running = [...seedCampaigns(Math.min(200, count(200)), 60, seed, now)];
  await write(
    campaigns,
    running.map(({ campaign }) => campaign),
  );
  await write(
    campaignDays,
    running.flatMap(({ days }) => days),
  );
  const followed = [...seedTrends(count(2000), seed, now)];
  await write(
    trends,
    followed.map(({ trend }) => trend),
  );
  await write(trendPoints, pointsOf(followed));
  return total;
}

function* pointsOf(
  followed: readonly { readonly points: readonly NewRow<typeof trendPoints>[] }[],
) {
  for (const { points } of followed) yield* points;
}

function* seedPages(count: number): Generator<NewRow<typeof pages>> {
  for (let n = 0; n < count; n += 1) {
    const product = PRODUCTS[n % PRODUCTS.length] ?? '';
    yield {
      url: `https://${OWN_DOMAIN}/${product.replaceAll(' ', '-')}/${n}`,
      title: `${product} ${n}`,
      words: 300 + ((n * 37) % 1500),
      hasErrors: n % 23 === 0,
    };
  }
}

function* chunks<T>(rows: Iterable<T>): Generator<T[]> {
  let chunk: T[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length === AT_ONCE) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
