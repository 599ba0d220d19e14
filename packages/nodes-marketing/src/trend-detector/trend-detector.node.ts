import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
} from '@millrace/workflow/node-api';
import {
  createBusinessProfile,
  type BusinessProfile,
} from '../business-profile/business-profile.ts';
import { loadProfile } from '../business-profile/load-profile.ts';
import { readSeries, settledStage, type SeriesReading } from './read-series.ts';
import { trendDetectorIcon } from './trend-detector.icon.ts';
import { readTrendItems, storedSeries, type TrendSeries } from './trend-rows.ts';

const params = {
  operation: p.options({
    label: 'Operation',
    default: 'emerging',
    choices: [
      { value: 'emerging', label: 'Emerging', hint: 'Trends that rise and are not at their peak' },
      { value: 'lifecycle', label: 'Life Cycle', hint: 'Every trend with its stage' },
      { value: 'viral', label: 'Viral', hint: 'Trends that spread by themselves' },
      { value: 'matchKeywords', label: 'Match Keywords', hint: 'The searches nearest to a trend' },
    ],
  }),
  source: p.options({
    label: 'Read From',
    default: 'items',
    choices: [
      {
        value: 'items',
        label: 'Input Items',
        hint: 'A trend with "points", or a point with "term", "at" and "value"',
      },
      { value: 'store', label: 'Stored Trends' },
    ],
  }),
  about: p.text({
    label: 'Your Business',
    default: '',
    hint: 'Searches or subjects you live from, one a line; left empty, the stored keywords',
  }),
  minRelevance: p.number({
    label: 'Least Relevance',
    default: 0,
    min: 0,
    max: 1,
    hint: 'Share of a trend that speaks of your business; .25 leaves out what is foreign to it',
  }),
  viralThreshold: p.number({
    label: 'Viral From',
    default: 1,
    min: 0,
    hint: 'New people each person brings, surely (lower end of the 80 % interval)',
  }),
  matches: p.number({ label: 'Keywords per Trend', default: 5, min: 1, max: 50 }),
  limit: p.number({ label: 'Limit', default: 100, min: 0, hint: '0 shows all' }),
};

export default defineNode({
  name: 'millrace-nodes-marketing.trendDetector',
  label: 'Trend Detector',
  description: 'Finds subjects whose interest rises, and tells where in their life they stand',
  version: 1,
  group: ['marketing'],
  icon: trendDetectorIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: {
    categories: ['Marketing', 'Content'],
    alias: ['trends', 'emerging', 'viral', 'life cycle', 'bursts', 'time to peak'],
  },
  params,
  async execute(context) {
    if (context.items().length === 0) return [[]];
    const given = decodeParams(params, readParams(params, context, 0));
    const profile = await profileOf(context, given.about);
    const rows: DetectedTrend[] = [];
    for await (const trend of trendsOf(context, given)) {
      const relevance = profile.relevance(trend.term);
      const matches = profile.match(trend.term, given.matches);
      if (relevance >= given.minRelevance) rows.push({ ...trend, relevance, matches });
    }
    const shown = SHOWN[given.operation](rows);
    const limited = given.limit > 0 ? shown.slice(0, given.limit) : shown;
    return [limited.map((row) => ({ json: { ...row } }))];
  },
});

type ReadTrend = Omit<TrendSeries, 'points'> & { readonly id?: string } & SeriesReading;
type DetectedTrend = ReadTrend & {
  readonly relevance: number;
  readonly matches: ReturnType<BusinessProfile['match']>;
};

/** What each operation shows, the most telling first. */
const SHOWN: Readonly<
  Record<
    'emerging' | 'lifecycle' | 'viral' | 'matchKeywords',
    (rows: readonly DetectedTrend[]) => object[]
  >
> = {
  emerging: (rows) =>
    rows
      .filter(({ stage }) => stage === 'emerging')
      .toSorted((a, b) => b.relevance - a.relevance || b.growth - a.growth),
  lifecycle: (rows) => rows.toSorted((a, b) => b.growth - a.growth),
  viral: (rows) =>
    rows
      .filter(({ viral }) => viral?.isViral)
      .toSorted((a, b) => (b.viral?.k ?? 0) - (a.viral?.k ?? 0)),
  matchKeywords: (rows) =>
    rows.flatMap(({ term, source, geo, stage, relevance, matches }) =>
      matches.map(({ id, text, likeness, value }) => ({
        term,
        source,
        geo,
        stage,
        relevance,
        keywordId: id,
        keyword: text,
        likeness,
        value,
      })),
    ),
};

async function profileOf(context: ExecuteContext, about: string): Promise<BusinessProfile> {
  const lines = about.split('\n').flatMap((line) => line.trim() || []);
  if (lines.length === 0) return loadProfile(context.tables);
  return createBusinessProfile(lines.map((text) => ({ id: text, text, value: 0 })));
}

async function* trendsOf(
  context: ExecuteContext,
  {
    source,
    viralThreshold,
  }: { readonly source: 'items' | 'store'; readonly viralThreshold: number },
): AsyncGenerator<ReadTrend> {
  if (source === 'items') {
    for (const { points, ...trend } of readTrendItems(context.items().map(({ json }) => json)))
      yield { ...trend, ...readSeries(points, { viralThreshold }) };
    return;
  }
  for await (const { trend, points } of storedSeries(context.tables)) {
    context.signal.throwIfAborted();
    const { id, term, geo, readAt } = trend;
    const reading = readSeries(points, { viralThreshold });
    const stage = settledStage(points, reading, readAt === null ? undefined : trend.stage);
    yield { id, term, source: trend.source, geo, ...reading, stage };
  }
}
