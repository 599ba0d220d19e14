import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';
import { readKeywordRows, readKeywordText } from './read-keywords.ts';

test('reads a Semrush export; an empty difficulty is unknown, not 0', () => {
  const { source, keywords } = readKeywordText(
    'Keyword,Intent,Volume,Keyword Difficulty,CPC (USD),SERP Features\n' +
      'red shoes,"Informational, Transactional","1,300",41.0,0.97,"Image, Video"\n' +
      'blue shoes,Commercial,90,,,\n',
    28,
  );
  expect(source).toBe('semrush-kmt');
  expect(keywords).toEqual([
    {
      text: 'red shoes',
      source: 'semrush-kmt',
      volume: 1300,
      volumeKind: 'searches',
      difficulty: 41,
      cpc: 0.97,
      intents: ['informational', 'transactional'],
      serpFeatures: ['Image', 'Video'],
    },
    {
      text: 'blue shoes',
      source: 'semrush-kmt',
      volume: 90,
      volumeKind: 'searches',
      intents: ['commercial'],
    },
  ]);
});

test('turns Search Console impressions into a monthly volume and says so', () => {
  const { keywords } = readKeywordText(
    'Top queries,Clicks,Impressions,CTR,Position\na b,5,280,45.61%,3.2\n',
    28,
  );
  expect(keywords).toEqual([
    expect.objectContaining({ volume: 300, volumeKind: 'impressions', clicks: 5, position: 3.2 }),
  ]);
});

test('reads Keyword Planner: UTF-16, tabs, two lines above the header', () => {
  const text =
    'Keyword Stats\nJan 2026\nKeyword\tCurrency\tAvg. monthly searches\nhose\tEUR\t5000\n';
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  const { source, keywords } = readKeywordText(decodeText(bytes), 28);
  expect(source).toBe('google-keyword-planner');
  expect(keywords).toEqual([expect.objectContaining({ text: 'hose', volume: 5000 })]);
});

test('unzips what was zipped', () => {
  expect(decodeText(gzipSync('Keyword\nx'))).toBe('Keyword\nx');
});

test('keeps the best-ranked row of a keyword and never adds volumes up', () => {
  const { keywords } = readKeywordRows(
    [
      { keyword: 'Hose', volume: 10, position: 9 },
      { keyword: 'hose', volume: 10, position: 2 },
      { keyword: '', volume: 7 },
    ],
    28,
  );
  expect(keywords).toEqual([expect.objectContaining({ volume: 10, position: 2 })]);
});

test('says which columns it saw when none holds keywords', () => {
  expect(() => readKeywordRows([{ name: 'x', size: 1 }], 28)).toThrow('name, size');
});
