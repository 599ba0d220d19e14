import type { Json, Shop } from './shop.ts';
import { atLeast, between, exactly, timed, type ShowLine } from './show-line.ts';

const PROGRAMMES = ['seo', 'content', 'links', 'campaigns'] as const;
type Programme = (typeof PROGRAMMES)[number];

/** What a run of a programme gave, and how long it took. */
export interface Run {
  readonly figures: Json;
  readonly seconds: number;
}
export type FirstGo = Readonly<Record<Programme, Run>> & { readonly seeded: Run };

/** Fills the shop as its owner would, and runs each programme once. */
export async function firstGo(shop: Shop, scale: number): Promise<FirstGo> {
  const seeded = await job(shop, '/marketing/samples', { scale });
  return {
    seeded,
    seo: await run(shop, 'seo'),
    content: await run(shop, 'content'),
    links: await run(shop, 'links'),
    campaigns: await run(shop, 'campaigns'),
  };
}

/** Runs a programme behind and waits for its end. */
export const run = (shop: Shop, programme: Programme): Promise<Run> =>
  job(shop, `/marketing/workflows/${programme}/run`, {});

async function job(shop: Shop, path: string, body: object): Promise<Run> {
  const { result, seconds } = await timed(() => shop.job(path, body));
  return { figures: result, seconds };
}

/** A figure of a run; NaN holds no line. */
export const figure = ({ figures }: Run, name: string): number => Number(figures[name] ?? NaN);

/** The figures the shop was built to reach, read from the lists a person looks at. */
export async function foundLines(shop: Shop, go: FirstGo, scale: number): Promise<ShowLine[]> {
  const share = Math.min(1, scale);
  const quickWins = await shop.call('GET', '/marketing/workflows/seo/quick-wins?limit=1');
  const trending = await shop.call('GET', '/marketing/workflows/content/trending?limit=1');
  const links = await shop.call('GET', '/marketing/workflows/links/opportunities?limit=1');
  const content = await shop.table('content');
  const briefs = content.filter(({ kind, trendId }) => kind === 'brief' && trendId !== '');
  return [
    atLeast('records of sample data', 1, figure(go.seeded, 'total'), go.seeded.seconds),
    atLeast('quick wins', Math.ceil(50 * share), Number(quickWins['total']), go.seo.seconds),
    exactly('plans for the 100 best keywords', 100, await plansForBest(shop)),
    atLeast(
      'emerging trends',
      Math.ceil(10 * share),
      Number(trending['total']),
      go.content.seconds,
    ),
    atLeast('content ideas', 20, content.filter(({ kind }) => kind === 'idea').length),
    atLeast('content briefs', 5, briefs.length),
    atLeast('link opportunities', 30, Number(links['total']), go.links.seconds),
    ...(await designLines(shop, go)),
    between('back-test: four of five inside', coverageBand(go), backTest(go, 'Coverage')),
    atLeast('back-test: rank correlation', 0.4, backTest(go, 'RankCorrelation')),
  ];
}

/** 0.8 is promised; as many held memories as there are cannot tell it from what lies this near. */
function coverageBand(go: FirstGo): readonly [number, number] {
  const slack = 3 * Math.sqrt((0.8 * 0.2) / backTest(go, 'Held'));
  return [0.8 - slack, 0.8 + slack];
}

const backTest = ({ campaigns }: FirstGo, name: string): number =>
  figure(campaigns, `backTest${name}`);

/** How many of the hundred keywords with the highest score have a plan. */
async function plansForBest(shop: Shop): Promise<number> {
  const best = rowsOf(await shop.call('GET', '/marketing/workflows/seo/opportunities?limit=100'));
  const plans = rowsOf(await shop.call('GET', '/marketing/plans?programme=seo&limit=500'));
  const planned = new Set(plans.map(({ subject }) => subject));
  return best.filter(({ id }) => planned.has(id)).length;
}

async function designLines(shop: Shop, { campaigns }: FirstGo): Promise<ShowLine[]> {
  const designs = await designedCampaigns(shop);
  const whole = designs.filter(({ low, roi, high }) => low < roi && roi < high);
  const line = atLeast('campaigns designed, with interval', 3, whole.length, campaigns.seconds);
  return [
    line,
    ...designs.map(({ name, low, roi, high }) => ({
      what: `  ${name}`,
      asked: 'return, interval',
      found: `${percent(roi)} (${percent(low)} to ${percent(high)})`,
      holds: low < roi && roi < high,
    })),
  ];
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** Campaigns nobody has approved yet, with what is predicted of them. */
export async function designedCampaigns(shop: Shop) {
  const { campaigns } = await shop.call(
    'GET',
    '/marketing/workflows/campaigns/portfolio?limit=500',
  );
  return rowsOf({ data: campaigns })
    .filter(({ status, approvedAt }) => status === 'designed' && approvedAt === null)
    .map(({ id, name, channels, predictedLow, predictedRoi, predictedHigh, startsAt }) => ({
      id: String(id),
      name: String(name),
      channels: Array.isArray(channels) ? channels.map(String) : [],
      low: Number(predictedLow ?? NaN),
      roi: Number(predictedRoi ?? NaN),
      high: Number(predictedHigh ?? NaN),
      startsAt: Number(startsAt ?? NaN),
    }));
}

/** The rows of a list answer. */
export const rowsOf = ({ data }: Json): Json[] =>
  Array.isArray(data) ? data.map((row: object) => ({ ...row })) : [];
