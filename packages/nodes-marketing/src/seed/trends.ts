import type { NewRow } from '@millrace/workflow/node-api';
import { createRandom, type SeededRandom } from '../stats/math/random.ts';
import type { trendPoints, trends } from '../tables/trends.ts';
import { pick } from './pick.ts';
import { PLACES, TREND_SUBJECTS } from './vocabulary.ts';

export type PlantedStage = 'emerging' | 'peak' | 'declining' | 'flat';

export interface SeedTrend {
  readonly trend: NewRow<typeof trends> & { readonly id: string };
  readonly points: readonly NewRow<typeof trendPoints>[];
  /** The truth the detector has to find. */
  readonly planted: PlantedStage;
}

const DAY_MS = 86_400_000;
const DAYS = 90;
const SOURCES = ['search', 'social', 'news', 'video', 'forum'] as const;

/** Days from the last point to the crest of the wave, by stage. */
const CREST: Readonly<Record<Exclude<PlantedStage, 'flat'>, readonly [number, number]>> = {
  emerging: [7, 14],
  peak: [-2, 1],
  declining: [-45, -14],
};

/**
 * Trends with 90 daily points each, ending at `now`: 6 % emerge, 4 % are at their peak, 15 % decline,
 * the rest goes on as ever.
 */
export function* seedTrends(count: number, seed: number, now: number): Generator<SeedTrend> {
  const random = createRandom(seed);
  for (let n = 0; n < count; n += 1) {
    const planted = stageOf(random.next());
    const id = `seed-trend-${n}`;
    const subject = TREND_SUBJECTS[n % TREND_SUBJECTS.length] ?? '';
    const variant = Math.floor(n / TREND_SUBJECTS.length);
    const geo = PLACES[variant % PLACES.length] ?? '';
    const source = SOURCES[Math.floor(variant / PLACES.length) % SOURCES.length] ?? 'search';
    const round = Math.floor(variant / (PLACES.length * SOURCES.length));
    const values = interest(planted, random);
    yield {
      trend: { id, term: round === 0 ? subject : `${subject} ${round}`, source, geo },
      points: values.map((value, day) => ({
        trendId: id,
        at: now - (DAYS - 1 - day) * DAY_MS,
        value,
        shares: Math.round(value * 0.05 * random.next()),
      })),
      planted,
    };
  }
}

function stageOf(draw: number): PlantedStage {
  if (draw < 0.06) return 'emerging';
  if (draw < 0.1) return 'peak';
  return draw < 0.25 ? 'declining' : 'flat';
}

function interest(planted: PlantedStage, random: SeededRandom): number[] {
  const base = 20 + 200 * random.next();
  const noise = () => 1 + 0.06 * random.normal();
  if (planted === 'flat')
    return Array.from({ length: DAYS }, () => Math.max(0, Math.round(base * noise())));
  const [from, to] = CREST[planted];
  const crest = DAYS - 1 + from + (to - from) * random.next();
  const rate = pick(random, [0.22, 0.28, 0.34]);
  return Array.from({ length: DAYS }, (_, day) => {
    const share = 1 / (1 + Math.exp(-rate * (day - crest)));
    return Math.max(0, Math.round((2 + base * 16 * share * (1 - share)) * noise()));
  });
}
