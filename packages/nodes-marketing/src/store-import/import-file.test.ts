import { gzipSync } from 'node:zlib';
import { utils, write } from '@e965/xlsx';
import { createMemoryStorage } from '@millrace/server/packages';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { campaignDays, campaignMemories, campaigns } from '../tables/campaigns.ts';
import { keywords, rankings } from '../tables/keywords.ts';
import { backlinks, domains } from '../tables/links.ts';
import { trendPoints, trends } from '../tables/trends.ts';
import { csvOf, workbookOf } from './export-table.ts';
import { importFile, type FileImport } from './import-file.ts';

let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(() => {
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

async function* pieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}
const bring = (file: string | Uint8Array, more: Partial<FileImport> = {}) =>
  importFile(storage.tables, {
    bytes: pieces(typeof file === 'string' ? Buffer.from(file) : file, 64),
    now: 0,
    ...more,
  });

describe('keywords', () => {
  test('of an export go in; what cannot be read is told by line, the rest stays', async () => {
    const report = await bring(
      'Keyword,Intent,Volume,Keyword Difficulty,CPC (USD)\nred  Hose,Informational,"1,300",41,0.97\n,,5,,\n"blue\nhose",,90,,\nred hose,,1,,\n',
    );
    expect(report).toEqual({
      source: 'keywords',
      target: 'keywords',
      rows: 4,
      written: 2,
      leftOut: 1,
      problems: [{ line: 3, problem: 'No keyword' }],
    });
    const rows = await storage.tables.open(keywords).find({ orderBy: { textNormal: 'asc' } });
    expect(rows).toMatchObject([
      { textNormal: 'blue hose', volume: 90, difficulty: null },
      { textNormal: 'red hose', volume: 1 },
    ]);
  });

  test('a later file overwrites only what it tells', async () => {
    await bring('Keyword,Keyword Difficulty,Volume\nhose,30,500\n');
    await bring('Top queries,Clicks,Impressions,CTR,Position\nhose,5,280,1%,3.2\n', {
      windowDays: 28,
    });
    expect(await storage.tables.open(keywords).findOne({ textNormal: 'hose' })).toMatchObject({
      difficulty: 30,
      position: 3.2,
      volume: 300,
      volumeKind: 'impressions',
    });
  });

  test('the best-ranked row of a keyword stands, wherever it is', async () => {
    const report = await bring(
      'Keyword,Position,Search Volume\nhose,9,10\nhose,2,10\nhose,30,10\n',
    );
    expect(report.leftOut).toBe(1);
    expect(await storage.tables.open(keywords).findOne({})).toMatchObject({ position: 2 });
  });

  test.each([
    [
      'UTF-16 with titles above the header',
      Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from(
          'Keyword Stats\nJan 2026\nKeyword\tAvg. monthly searches\nhose\t5000\n',
          'utf16le',
        ),
      ]),
      'bucket',
    ],
    ['gzip with semicolons', gzipSync('keyword;search_volume\nhose;5000\n'), 'exact'],
    [
      'a workbook',
      workbook([
        ['Keyword', 'Volume', 'Difficulty'],
        ['hose', 5000, 3],
      ]),
      'exact',
    ],
  ])('reads %s', async (_, file, volumeKind) => {
    await bring(file);
    expect(await storage.tables.open(keywords).findOne({})).toMatchObject({
      text: 'hose',
      volume: 5000,
      volumeKind,
    });
  });

  test('an export of ours comes back as it was', async () => {
    await bring('Keyword,Volume,Keyword Difficulty,Intent\n=hose,10,4,"C, I"\nreel,20,,\n');
    const before = await facts();
    let text = '';
    for await (const piece of csvOf(storage.tables, keywords)) text += piece;
    expect(text).toContain("'=hose");
    await storage.tables.open(keywords).remove({ text: 'reel' });
    await bring(text);
    expect((await facts()).filter(({ textNormal }) => textNormal === 'reel')).toEqual(
      before.filter(({ textNormal }) => textNormal === 'reel'),
    );
    const sheet = await workbookOf(storage.tables, keywords);
    expect((await bring(sheet)).rows).toBe(3);
  });

  const facts = async () =>
    (await storage.tables.open(keywords).find({ orderBy: { textNormal: 'asc' } })).map(
      ({ id: _id, createdAt: _created, updatedAt: _updated, ...rest }) => rest,
    );
});

test('dated ranks become rankings, with 0 as not found, and add the keywords', async () => {
  const report = await bring(
    'Date,Query,Clicks,Impressions,Position\n2026-11-20,hose,3,90,4.5\n20261121,hose,0,80,0\n03/04/2026,hose,1,1,1\n',
  );
  expect(report).toMatchObject({ target: 'rankings', written: 2, leftOut: 1 });
  const rows = await storage.tables.open(rankings).find({ orderBy: { day: 'asc' } });
  expect(rows).toMatchObject([
    { day: '2026-11-20', state: 'found', position: 4.5, clicks: 3, source: 'search-console' },
    { day: '2026-11-21', state: 'notFound', position: null },
  ]);
  expect(await storage.tables.open(keywords).count()).toBe(1);
});

test.each([
  [
    'Ahrefs',
    'Referring page URL,Domain rating,Target URL,Anchor,Nofollow,First seen\nhttps://blog.a.co.uk/x,71,https://me.com/,hose,TRUE,2026-01-02 10:00:00\n',
  ],
  [
    'DataForSEO',
    'url_from,domain_from_rank,url_to,anchor,dofollow,first_seen\nhttps://blog.a.co.uk/x,71,https://me.com/,hose,false,2026-01-02\n',
  ],
])('backlinks of %s go in with the strength of their domain', async (_, file) => {
  await bring(`${file}nowhere,1,https://me.com/,,,\n`);
  expect(await storage.tables.open(backlinks).find()).toMatchObject([
    { fromDomain: 'a.co.uk', toDomain: 'me.com', rel: 'nofollow', firstSeen: Date.UTC(2026, 0, 2) },
  ]);
  expect(await storage.tables.open(domains).findOne({ name: 'a.co.uk' })).toMatchObject({
    authority: 71,
  });
});

test('rows of one campaign, channel and day are added up, and again give the same', async () => {
  const file =
    '# Analytics\nDate,Session campaign,Session default channel group,Sessions,Key events,Total revenue,Ads cost\n20261120,Spring,Paid Search,10,1,50,20\n20261120,Spring,Paid Search,5,2,25,10\n20261121,Spring,Email,5,0,0,0\n20261121,(not set),Email,5,0,0,0\n';
  await bring(file);
  expect(await bring(file)).toMatchObject({ target: 'campaignDays', leftOut: 1 });
  const days = await storage.tables.open(campaignDays).find({ orderBy: { day: 'asc' } });
  expect(days).toMatchObject([
    { channel: 'Paid Search', spend: 30, clicks: 15, conversions: 3, revenue: 75 },
    { channel: 'Email', spend: 0 },
  ]);
  expect(await storage.tables.open(campaigns).count()).toBe(1);
});

test('past campaigns become memories; ROI is computed where it is not told', async () => {
  const report = await bring(
    'Campaign,Objective,Channels,Budget,Revenue,End date\nSpring,Leads,"search, email",1000,4000,2026-04-30\nNone,Leads,email,,1,\n',
  );
  expect(report.problems).toEqual([{ line: 3, problem: 'No budget above 0' }]);
  expect(await storage.tables.open(campaignMemories).find()).toMatchObject([
    { objective: 'leads', channels: 'email+search', roi: 3, budgetBand: 'small', month: 4 },
  ]);
});

test('Google Trends, a column a term, becomes points', async () => {
  await bring(
    'Category: All categories\n\nWeek,hose: (Worldwide),reel: (Worldwide)\n2026-11-01,40,<1\n2026-11-08,55,\n',
  );
  const found = await storage.tables.open(trends).find({ orderBy: { term: 'asc' } });
  expect(found.map(({ term }) => term)).toEqual(['hose', 'reel']);
  const points = await storage.tables.open(trendPoints).find({ orderBy: { value: 'asc' } });
  expect(points.map(({ value }) => value)).toEqual([0.5, 40, 55]);
});

describe('refused', () => {
  test.each([
    ['an empty file', '', 'is empty'],
    ['a file whose header nobody knows', 'colour,size\nred,3\n', 'the fullest is: colour, size'],
  ])('%s', async (_, file, message) => {
    await expect(bring(file)).rejects.toThrow(message);
  });

  test('a file of something else than asked for', async () => {
    await expect(bring('Keyword,Volume\nhose,1\n', { target: 'trends' })).rejects.toThrow(
      'for trends',
    );
  });

  test('a file that ends in the middle of its zip', async () => {
    await expect(bring(gzipSync('Keyword,Volume\nhose,1\n').subarray(0, 20))).rejects.toThrow(
      'no table',
    );
  });
});

test('tells how far it is and stops when it is told to', async () => {
  const file = `Keyword,Volume\n${Array.from({ length: 4500 }, (_, n) => `hose ${n},${n}`).join('\n')}\n`;
  const seen: number[] = [];
  const stop = new AbortController();
  const progress = ({ rows }: { rows: number }) => {
    seen.push(rows);
    if (rows === 4000) stop.abort(new Error('enough'));
  };
  const report = await bring(file, { progress });
  expect([seen, report.written]).toEqual([[1000, 2000, 3000, 4000], 4500]);
  await expect(
    bring(`${file}${file.slice(file.indexOf('\n') + 1)}`, { progress, signal: stop.signal }),
  ).rejects.toThrow('enough');
});

function workbook(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), 'Sheet');
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }));
}
