import type { RankLook, RankSeries } from './rank-change.ts';

/** A look on a day, of a keyword. */
export interface DatedLook {
  readonly keyword: string;
  readonly day: string;
  readonly state: 'found' | 'notFound' | 'failed';
  readonly position: number | null;
}

/** Days on which too many keywords vanished at once to be true. */
export interface BrokenDay {
  readonly day: string;
  readonly lostShare: number;
}

export interface DaySeries {
  readonly series: readonly RankSeries[];
  readonly broken: readonly BrokenDay[];
  readonly lastDay: string;
}

const DAY_MS = 86_400_000;
const DEPTH = 100;
const FAILURE_SHARE = 0.4;
/** Of fewer keywords, some may truly vanish in a day. */
const LEAST_KEYWORDS = 10;

/**
 * Puts looks on the days up to the last one; days without a look are missing, not failures. Days on
 * which most keywords found on the last good day were not found are broken: nothing that was not
 * found then counts, now or when the scraper is mended.
 */
export function byDay(looks: readonly DatedLook[], days: number): DaySeries {
  const lastDay = looks.reduce((last, { day }) => (day > last ? day : last), '');
  const first = Date.parse(lastDay) - (days - 1) * DAY_MS;
  const placeOf = (day: string) => Math.round((Date.parse(day) - first) / DAY_MS);
  const rows = new Map<string, (RankLook | undefined)[]>();
  for (const look of looks) {
    const place = placeOf(look.day);
    if (place < 0) continue;
    const row = rows.get(look.keyword) ?? Array.from({ length: days }, () => undefined);
    rows.set(look.keyword, row);
    row[place] = better(row[place], lookOf(look));
  }
  const broken = brokenPlaces([...rows.values()], days);
  const dayAt = (place: number) => new Date(first + place * DAY_MS).toISOString().slice(0, 10);
  return {
    lastDay,
    broken: [...broken].map(([place, lostShare]) => ({ day: dayAt(place), lostShare })),
    series: [...rows].map(([keyword, row]) => ({
      keyword,
      looks: row.map((look, place): RankLook => {
        const isVoid = !look || (broken.has(place) && look.state === 'notFound');
        return isVoid ? { state: 'failed' } : look;
      }),
    })),
  };
}

const lookOf = ({ state, position }: DatedLook): RankLook => {
  if (state === 'found' && position !== null) return { state, position };
  return state === 'notFound' ? { state, depth: DEPTH } : { state: 'failed' };
};

/** Of two looks at the same day, by two sources, the one that found something, and there the better place. */
function better(a: RankLook | undefined, b: RankLook): RankLook {
  if (!a || a.state === 'failed') return b;
  if (a.state === 'found' && b.state === 'found') return a.position <= b.position ? a : b;
  return b.state === 'found' ? b : a;
}

function brokenPlaces(
  rows: readonly (readonly (RankLook | undefined)[])[],
  days: number,
): Map<number, number> {
  const broken = new Map<number, number>();
  const lastFound = rows.map(() => false);
  for (let place = 0; place < days; place += 1) {
    const looked = rows.flatMap((row, index) => (lastFound[index] ? (row[place] ?? []) : []));
    const lost = looked.filter(({ state }) => state !== 'found').length;
    const share = looked.length === 0 ? 0 : lost / looked.length;
    if (looked.length >= LEAST_KEYWORDS && share > FAILURE_SHARE) {
      broken.set(place, share);
      continue;
    }
    rows.forEach((row, index) => {
      const look = row[place];
      if (look && look.state !== 'failed') lastFound[index] = look.state === 'found';
    });
  }
  return broken;
}
