import { ctrAt, PRIOR_CTR } from 'millrace-nodes-marketing/stats/ctr-curve';
import { isQuickWin, strikingDistance } from 'millrace-nodes-marketing/stats/quick-win';
import { readKeywordText } from 'millrace-nodes-marketing/keyword-import';
import type { DataFolder } from './data-folder.ts';
import { near, same, type Figure } from './figure.ts';

const WINDOW_DAYS = 28;

/** Keyword exports as our import reads them. */
export function checkKeywords(data: DataFolder): Figure[] {
  return [...checkSearchConsole(data), ...checkSemrush(data)];
}

function checkSearchConsole(data: DataFolder): Figure[] {
  const text = data.text('gsc_queries_thecleverprogrammer.csv');
  const { keywords } = readKeywordText(text, WINDOW_DAYS);
  const clicks = keywords.reduce((sum, keyword) => sum + (keyword.clicks ?? 0), 0);
  const impressions = keywords.reduce((sum, keyword) => sum + (keyword.impressions ?? 0), 0);
  const gains = keywords
    .filter(({ position = 0 }) => isBelowThird(roundHalfToEven(position)))
    .map((keyword) => ({
      text: keyword.text,
      extra: (keyword.impressions ?? 0) * ctrAt(PRIOR_CTR, 3) - (keyword.clicks ?? 0),
    }))
    .toSorted((a, b) => b.extra - a.extra);
  const total = gains.reduce((sum, { extra }) => sum + Math.max(0, extra), 0);
  return [
    same('gsc/rows', keywords.length, data.figure('gsc/rows')),
    same('gsc/clicks', clicks, data.figure('gsc/clicks')),
    same('gsc/impr', impressions, data.figure('gsc/impr')),
    near('gsc/ctr', clicks / impressions, data.figure('gsc/ctr'), 5e-6),
    ...checkClickRates(data, keywords),
    same(
      'gsc/striking_distance_4_20_above_median_impressions',
      strikingDistance(keywords).length,
      data.figure('gsc/striking_distance_4_20_above_median_impressions'),
    ),
    near(
      'gsc/extra_clicks_if_top3(sistrix)',
      total,
      data.figure('gsc/extra_clicks_if_top3(sistrix)'),
      0.05,
    ),
    ...data.list('gsc/top5_by_extra_clicks').map((row, index) => {
      const [wanted, , , , extra] = Array.isArray(row) ? row : [];
      const own = gains[index];
      return same(
        `gsc/top5_by_extra_clicks/${index}`,
        `${own?.text} ${own?.extra.toFixed(1)}`,
        `${wanted} ${Number(extra).toFixed(1)}`,
      );
    }),
  ];
}

const isBelowThird = (position: number) => position > 3 && position <= 20;

function checkClickRates(
  data: DataFolder,
  keywords: ReturnType<typeof readKeywordText>['keywords'],
): Figure[] {
  const byPosition = Map.groupBy(keywords, ({ position = 0 }) => roundHalfToEven(position));
  return Array.from({ length: 12 }, (_, index) => index + 1).map((position) => {
    const path = `gsc/ctr_by_rounded_position/${position}`;
    const own = byPosition.get(position) ?? [];
    const impressions = own.reduce((sum, keyword) => sum + (keyword.impressions ?? 0), 0);
    const clicks = own.reduce((sum, keyword) => sum + (keyword.clicks ?? 0), 0);
    const [rows, seen, rate] = data.list(path);
    return same(
      path,
      `${own.length} ${impressions} ${(clicks / impressions).toFixed(4)}`,
      `${rows} ${seen} ${Number(rate).toFixed(4)}`,
    );
  });
}

/** As the reference was rounded. */
const roundHalfToEven = (value: number): number => {
  const below = Math.floor(value);
  return value - below === 0.5 ? below + (below % 2) : Math.round(value);
};

function checkSemrush(data: DataFolder): Figure[] {
  const { source, keywords } = readKeywordText(
    data.text('semrush_kmt_menopause.csv.gz'),
    WINDOW_DAYS,
  );
  const count = (holds: (keyword: (typeof keywords)[number]) => boolean) =>
    keywords.filter(holds).length;
  const limits = { maxDifficulty: 30, minVolume: 100, authority: 30 };
  const largest = keywords.toSorted((a, b) => (b.volume ?? 0) - (a.volume ?? 0));
  return [
    same('semrush/format', source, 'semrush-kmt'),
    same('semrush/rows', keywords.length, data.figure('semrush/rows')),
    same(
      'semrush/kd_null',
      count(({ difficulty }) => difficulty === undefined),
      data.figure('semrush/kd_null'),
    ),
    same(
      'semrush/volume_sum',
      keywords.reduce((sum, { volume = 0 }) => sum + volume, 0),
      data.figure('semrush/volume_sum'),
    ),
    same(
      'semrush/quick_wins_KD_le30_V_ge100',
      count((keyword) => isQuickWin(keyword, limits)),
      data.figure('semrush/quick_wins_KD_le30_V_ge100'),
    ),
    same(
      'semrush/ai_overview',
      count(({ serpFeatures = [] }) => serpFeatures.includes('AI Overview')),
      data.figure('semrush/ai_overview'),
    ),
    same(
      'semrush/top3_by_volume',
      largest
        .slice(0, 3)
        .map(({ text, volume }) => `${text} ${volume}`)
        .join(', '),
      data
        .list('semrush/top3_by_volume')
        .map((row) => String(row).replace(',', ' '))
        .join(', '),
    ),
  ];
}
