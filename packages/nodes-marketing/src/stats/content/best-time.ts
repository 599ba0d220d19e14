import { createRandom, type SeededRandom } from '../math/random.ts';

/** One message or post, by the hour of the week of its audience (0 Monday 0–1 h … 167). */
export interface TimedOutcome {
  readonly hourOfWeek: number;
  /** People it reached. */
  readonly reached: number;
  /** Of those who took part: opened, liked, answered. Machines left out. */
  readonly engaged: number;
}

export interface TimeChoice {
  readonly hourOfWeek: number;
  /** Expected share of all 168 hours, smoothed over neighbours. */
  readonly rates: readonly number[];
  /** Whether the channel's own history decides, or the hours it was given. */
  readonly basis: 'history' | 'defaults';
}

export interface TimeOptions {
  readonly seed: number;
  /** Used while there are fewer than 20 outcomes. */
  readonly defaults: readonly number[];
  /** Hours that may be chosen; all when left out. */
  readonly allowed?: readonly number[];
}

const HOURS = 168;
const LEAST_OUTCOMES = 20;
/** Reach that the overall rate counts for in each hour. */
const PRIOR_REACH = 200;
const KERNEL = [1, 0.5, 0.25];

/**
 * The hour to post or send next: a draw from the belief of each hour, so that hours which were never
 * tried still are. Neighbouring hours lend each other evidence, Sunday night to Monday morning too.
 *
 * @see marketing.md A16, A31
 */
export function bestTime(outcomes: readonly TimedOutcome[], options: TimeOptions): TimeChoice {
  const { reach, engaged, rate } = spread(outcomes);
  const rates = reach.map(
    (seen, hour) => ((engaged[hour] ?? 0) + PRIOR_REACH * rate) / (seen + PRIOR_REACH),
  );
  const allowed = options.allowed ?? rates.map((_, hour) => hour);
  const random = createRandom(options.seed);
  if (outcomes.length < LEAST_OUTCOMES) {
    const usable = options.defaults.filter((hour) => allowed.includes(hour));
    const hours = usable.length > 0 ? usable : allowed;
    return { hourOfWeek: hours[random.below(hours.length)] ?? 0, rates, basis: 'defaults' };
  }
  const drawn = allowed.map((hour) => ({
    hour,
    draw: drawRate(random, engaged[hour] ?? 0, reach[hour] ?? 0, rate),
  }));
  const [best] = drawn.toSorted((a, b) => b.draw - a.draw);
  return { hourOfWeek: best?.hour ?? 0, rates, basis: 'history' };
}

const drawRate = (random: SeededRandom, engaged: number, reach: number, rate: number): number =>
  random.gamma(engaged + PRIOR_REACH * rate + 1e-6) / (reach + PRIOR_REACH);

function spread(outcomes: readonly TimedOutcome[]) {
  const reach = Array<number>(HOURS).fill(0);
  const engaged = Array<number>(HOURS).fill(0);
  let [allReach, allEngaged] = [0, 0];
  for (const outcome of outcomes) {
    allReach += outcome.reached;
    allEngaged += outcome.engaged;
    for (let away = 1 - KERNEL.length; away < KERNEL.length; away += 1) {
      const hour = (outcome.hourOfWeek + away + HOURS) % HOURS;
      const weight = KERNEL[Math.abs(away)] ?? 0;
      reach[hour] = (reach[hour] ?? 0) + weight * outcome.reached;
      engaged[hour] = (engaged[hour] ?? 0) + weight * outcome.engaged;
    }
  }
  return { reach, engaged, rate: allReach === 0 ? 0 : allEngaged / allReach };
}
