import { PLANTED_EFFECTS, PLANTED_NOISE } from 'millrace-nodes-marketing/seed/campaigns';
import { seedKeywords } from 'millrace-nodes-marketing/seed/keywords';
import { COMPETITORS, OWN_DOMAIN } from 'millrace-nodes-marketing/seed/links';
import { seedTrends } from 'millrace-nodes-marketing/seed/trends';
import { figure, type FirstGo } from './first-go.ts';
import type { ExportedRow, Shop } from './shop.ts';
import { atLeast, type ShowLine } from './show-line.ts';

export interface Seeded {
  readonly scale: number;
  readonly now: number;
}

/** Small samples show fewer of the planted effects beyond doubt. */
const askedOfPatterns = ({ scale }: Seeded): number => (scale < 1 ? 0.6 : 0.9);

const SEED = 1;
const EASY = 30;
const SEARCHED = 100;
/** Effects on ln(1 + return) from here on have to be found; smaller ones only must not be told the wrong way. */
const CLEAR_EFFECT = 0.15;

/** What was found against the truth that was planted in the sample data. */
export async function plantedLines(shop: Shop, go: FirstGo, seeded: Seeded): Promise<ShowLine[]> {
  return [
    ...quickWinLines(await shop.table('keywords'), seeded),
    ...trendLines(await shop.table('trends'), seeded),
    ...gapLines(await shop.table('backlinks'), await shop.table('prospects'), go),
    ...patternLines(await shop.table('learnings'), askedOfPatterns(seeded)),
    atLeast('rank correlation over the best possible', 0.7, rankShare(go)),
  ];
}

/** By the definition, told once more here: easy, searched, and within reach. */
function quickWinLines(found: readonly ExportedRow[], { scale }: Seeded): ShowLine[] {
  const planted = new Set<string>();
  for (const row of seedKeywords(Math.round(46_151 * scale), SEED)) {
    const { text, difficulty, volume, position } = row;
    const isEasy = typeof difficulty === 'number' && difficulty <= EASY;
    const isTop = typeof position === 'number' && position < 4;
    if (isEasy && (volume ?? 0) >= SEARCHED && !isTop) planted.add(text);
  }
  const marked = found.flatMap(({ isQuickWin, text = '' }) => (isQuickWin === '1' ? text : []));
  return compare('quick wins', planted, new Set(marked), 1);
}

/** Where a wave turns is a matter of days, so some of the rising and the turning change places. */
function trendLines(found: readonly ExportedRow[], { scale, now }: Seeded): ShowLine[] {
  const planted = [...seedTrends(Math.round(2000 * scale), SEED, now)];
  return (['emerging', 'peak', 'declining'] as const).flatMap((stage) => {
    const wanted = planted.flatMap((each) => (each.planted === stage ? each.trend.id : []));
    const told = found.flatMap((row) => (row['stage'] === stage ? (row['id'] ?? []) : []));
    return compare(`trends: ${stage}`, new Set(wanted), new Set(told), 0.8);
  });
}

/** Sites with a living link to two competitors and none to the shop. */
function gapLines(
  links: readonly ExportedRow[],
  prospects: readonly ExportedRow[],
  { links: run }: FirstGo,
): ShowLine[] {
  const living = links.filter(({ lostAt }) => lostAt === '');
  const into = (domain: string) =>
    new Set(
      living.flatMap((link) => (link['toDomain'] === domain ? (link['fromDomain'] ?? []) : [])),
    );
  const own = into(OWN_DOMAIN);
  const rivals = COMPETITORS.map(into);
  const sites = new Set(rivals.flatMap((each) => [...each]));
  const gaps = new Set(
    [...sites].filter(
      (site) => !own.has(site) && rivals.filter((linking) => linking.has(site)).length >= 2,
    ),
  );
  const kept = prospects.flatMap(({ kind, domain = '' }) => (kind === 'linkGap' ? domain : []));
  const right = kept.filter((domain) => gaps.has(domain)).length;
  return [
    ratio('link gaps counted', 1, figure(run, 'linkGaps'), gaps.size),
    ratio('link gaps kept: precision', 1, right, kept.length),
  ];
}

/** Patterns of success and failure among memories, against the planted effects. */
function patternLines(learnings: readonly ExportedRow[], asked: number): ShowLine[] {
  const planted = plantedEffects().flat();
  const effectOf = new Map(planted.map(({ key, by }) => [key, by]));
  const sign = { success: 1, failure: -1 };
  const found = learnings
    .filter(({ metric }) => metric === 'logOdds')
    .flatMap(({ subject = '' }) => {
      const [, tier, key = ''] = /^(success|failure):(.*)$/.exec(subject) ?? [];
      return tier === 'success' || tier === 'failure' ? { subject, by: sign[tier], key } : [];
    });
  const isRight = ({ by, key }: (typeof found)[number]) => by * (effectOf.get(key) ?? 0) > 0;
  const clear = planted.filter(({ by }) => Math.abs(by) >= CLEAR_EFFECT);
  const told = new Set(found.filter(isRight).map(({ key }) => key));
  return [
    ratio('campaign patterns: precision', asked, found.filter(isRight).length, found.length),
    ratio(
      'campaign patterns: recall',
      asked,
      clear.filter(({ key }) => told.has(key)).length,
      clear.length,
    ),
  ];
}

/** The back-test's rank correlation as a share of what the planted noise leaves possible. */
function rankShare({ campaigns }: FirstGo): number {
  const variance = plantedEffects()
    .map((values) => meanOf(values.map(({ by }) => by ** 2)))
    .reduce((sum, own) => sum + own, 0);
  const possible = Math.sqrt(variance / (variance + PLANTED_NOISE ** 2));
  return figure(campaigns, 'backTestRankCorrelation') / possible;
}

/** For each attribute its values, and how much better than the mean of all of them each one is. */
function plantedEffects() {
  const attributes: Readonly<Record<string, Readonly<Record<string, number>>>> = PLANTED_EFFECTS;
  return Object.entries(attributes).map(([attribute, effects]) => {
    const mean = meanOf(Object.values(effects));
    return Object.entries(effects).map(([value, effect]) => ({
      key: `${attribute}=${value}`,
      by: effect - mean,
    }));
  });
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** How much of what was told is right, and how much of what is there was told. */
function compare(
  what: string,
  planted: ReadonlySet<string>,
  told: ReadonlySet<string>,
  asked: number,
): ShowLine[] {
  const right = [...told].filter((each) => planted.has(each)).length;
  return [
    ratio(`${what}: precision`, asked, right, told.size),
    ratio(`${what}: recall`, asked, right, planted.size),
  ];
}

const ratio = (what: string, asked: number, part: number, all: number): ShowLine => ({
  what,
  asked: asked === 1 ? 'all' : `≥ ${asked}`,
  found: `${part} of ${all} (${(part / all).toFixed(3)})`,
  holds: all > 0 && part / all >= asked,
});
