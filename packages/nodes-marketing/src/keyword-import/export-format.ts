import type { Intent, Keyword } from '../stats/keyword.ts';

export type Row = Readonly<Record<string, unknown>>;

/** One kind of export: the headers that give it away, and what its columns mean. */
interface ExportFormat {
  readonly source: string;
  /** All of these, lower case, must be there. */
  readonly headers: readonly string[];
  readonly columns: Partial<Record<Field, readonly string[]>>;
  readonly volumeKind?: 'impressions';
}

type Field =
  | 'text'
  | 'volume'
  | 'difficulty'
  | 'cpc'
  | 'position'
  | 'clicks'
  | 'impressions'
  | 'intents'
  | 'serpFeatures'
  | 'url';

/** Told apart by header; the first that fits wins (marketing.md 1.9 and 5.1 node 1). */
const FORMATS: readonly ExportFormat[] = [
  {
    source: 'semrush-kmt',
    headers: ['keyword', 'keyword difficulty', 'volume'],
    columns: {
      text: ['keyword'],
      volume: ['volume', 'search volume'],
      difficulty: ['keyword difficulty'],
      cpc: ['cpc (usd)', 'cpc'],
      position: ['position'],
      intents: ['intent', 'keyword intents'],
      serpFeatures: ['serp features'],
      url: ['url'],
    },
  },
  {
    source: 'semrush-positions',
    headers: ['keyword', 'position', 'search volume'],
    columns: {
      text: ['keyword'],
      volume: ['search volume'],
      difficulty: ['keyword difficulty'],
      cpc: ['cpc'],
      position: ['position'],
      intents: ['keyword intents'],
      serpFeatures: ['serp features by keyword'],
      url: ['url'],
    },
  },
  {
    source: 'ahrefs',
    headers: ['keyword', 'difficulty', 'volume'],
    columns: {
      text: ['keyword'],
      volume: ['volume'],
      difficulty: ['difficulty', 'kd'],
      cpc: ['cpc'],
      position: ['current position', 'position'],
      intents: ['intents'],
      serpFeatures: ['serp features'],
      url: ['current url', 'url'],
    },
  },
  {
    source: 'dataforseo',
    headers: ['keyword', 'search_volume'],
    columns: {
      text: ['keyword'],
      volume: ['search_volume'],
      difficulty: ['keyword_difficulty'],
      cpc: ['cpc'],
      position: ['rank_absolute', 'rank_group'],
      intents: ['main_intent'],
      serpFeatures: ['serp_item_types'],
      url: ['url'],
    },
  },
  {
    source: 'google-keyword-planner',
    headers: ['keyword', 'avg. monthly searches'],
    columns: {
      text: ['keyword'],
      volume: ['avg. monthly searches'],
      cpc: ['top of page bid (high range)'],
    },
  },
  {
    source: 'google-search-console',
    headers: ['clicks', 'impressions', 'position'],
    columns: {
      text: ['top queries', 'query', 'queries', 'keyword'],
      clicks: ['clicks'],
      impressions: ['impressions'],
      position: ['position'],
    },
    volumeKind: 'impressions',
  },
  {
    source: 'items',
    headers: [],
    columns: {
      text: ['keyword', 'text', 'query'],
      volume: ['volume'],
      difficulty: ['difficulty', 'kd'],
      cpc: ['cpc'],
      position: ['position'],
      clicks: ['clicks'],
      impressions: ['impressions'],
      intents: ['intent', 'intents'],
      serpFeatures: ['serp features', 'serpfeatures'],
      url: ['url'],
    },
  },
];

/** Reads one row of a known export. A row without a keyword gives nothing. */
export type RowReader = (row: Row) => Keyword | undefined;

/**
 * Finds out whose export this is by its headers.
 *
 * @param headers - As written; case and outer space do not matter.
 * @param windowDays - Days a Search Console export covers: its impressions become a month's volume.
 * @returns A reader of its rows, or `undefined` when no column holds keywords.
 */
export function detectFormat(
  headers: readonly string[],
  windowDays: number,
): { readonly source: string; readonly read: RowReader } | undefined {
  const byName = new Map(headers.map((header) => [header.trim().toLowerCase(), header]));
  const format = FORMATS.find(
    (one) =>
      one.headers.every((header) => byName.has(header)) &&
      one.columns.text?.some((name) => byName.has(name)),
  );
  if (!format) return undefined;
  const cell = (row: Row, field: Field): unknown => {
    const name = format.columns[field]?.find((each) => byName.has(each));
    return name === undefined ? undefined : row[byName.get(name) ?? name];
  };
  return { source: format.source, read: (row) => readRow(row, cell, format, windowDays) };
}

function readRow(
  row: Row,
  cell: (row: Row, field: Field) => unknown,
  { source, volumeKind }: ExportFormat,
  windowDays: number,
): Keyword | undefined {
  const text = String(cell(row, 'text') ?? '').trim();
  if (!text) return undefined;
  const impressions = toNumber(cell(row, 'impressions'));
  const volume =
    volumeKind === 'impressions' && impressions !== undefined
      ? (impressions / windowDays) * 30
      : toNumber(cell(row, 'volume'));
  const intents = toList(cell(row, 'intents'))
    .map(toIntent)
    .filter((intent) => intent !== undefined);
  const serpFeatures = toList(cell(row, 'serpFeatures'));
  const url = String(cell(row, 'url') ?? '').trim();
  return {
    text,
    source,
    ...known('volume', volume),
    ...(volume !== undefined && { volumeKind: volumeKind ?? 'searches' }),
    ...known('difficulty', toNumber(cell(row, 'difficulty'))),
    ...known('cpc', toNumber(cell(row, 'cpc'))),
    ...known('position', positive(toNumber(cell(row, 'position')))),
    ...known('clicks', toNumber(cell(row, 'clicks'))),
    ...known('impressions', impressions),
    ...(intents.length > 0 && { intents }),
    ...(serpFeatures.length > 0 && { serpFeatures }),
    ...(url && { url }),
  };
}

const known = (name: string, value: number | undefined) =>
  value === undefined ? {} : { [name]: value };
const positive = (value: number | undefined) =>
  value !== undefined && value >= 1 ? value : undefined;

/** A number as exports write it: `1,234`, `45.61%` (as a share), `$0.97`. Empty or `n/a` is unknown. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const text = String(value ?? '').trim();
  const number = Number(text.replace(/[,\s$€£%]/g, ''));
  if (!/\d/.test(text) || Number.isNaN(number)) return undefined;
  return text.endsWith('%') ? number / 100 : number;
}

const toList = (value: unknown): string[] =>
  (Array.isArray(value) ? value.map(String) : String(value ?? '').split(/[,;|]/))
    .map((part) => part.trim())
    .filter(Boolean);

/** Semrush writes names or the numbers 0 C, 1 I, 2 N, 3 T. */
const INTENTS: Readonly<Record<string, Intent>> = {
  '0': 'commercial',
  '1': 'informational',
  '2': 'navigational',
  '3': 'transactional',
  c: 'commercial',
  i: 'informational',
  n: 'navigational',
  t: 'transactional',
};

const toIntent = (text: string): Intent | undefined =>
  INTENTS[text] ?? INTENTS[text.slice(0, 1).toLowerCase()];
