import { fitLinear } from '../math/linear.ts';

/** What one channel gave for what was spent on it, one entry a period. */
export interface SpendHistory {
  readonly channel: string;
  readonly periods: readonly { readonly spend: number; readonly result: number }[];
}

/** result = scale · spend^exponent */
export interface ResponseCurve {
  readonly channel: string;
  readonly scale: number;
  /** Above 0, at most 1: more money never helps more than in proportion. */
  readonly exponent: number;
  /** Periods with spend and result that the curve rests on. */
  readonly periods: number;
}

const PRIOR_EXPONENT = 0.7;
const PRIOR_PERIODS = 5;
const LOWEST_EXPONENT = 0.05;
const HIGHEST_EXPONENT = 0.98;

/**
 * Fits y = β x^ρ by least squares on logarithms, ρ drawn towards .7 where periods are few.
 *
 * @returns A curve of scale 0 for a channel that never gave anything.
 * @see marketing.md A26
 */
export function fitResponse({ channel, periods }: SpendHistory): ResponseCurve {
  const seen = periods.filter(({ spend, result }) => spend > 0 && result > 0);
  const spent = periods.reduce((sum, { spend }) => sum + Math.max(0, spend), 0);
  const gained = periods.reduce((sum, { result }) => sum + Math.max(0, result), 0);
  if (seen.length === 0) return { channel, scale: 0, exponent: PRIOR_EXPONENT, periods: 0 };
  const exponent = exponentOf(seen);
  const powers = periods.reduce((sum, { spend }) => sum + Math.max(0, spend) ** exponent, 0);
  return { channel, scale: spent > 0 ? gained / powers : 0, exponent, periods: seen.length };
}

function exponentOf(seen: SpendHistory['periods']): number {
  const logs = seen.map(({ spend }) => Math.log(spend));
  const varies = new Set(logs).size > 1;
  if (!varies) return PRIOR_EXPONENT;
  const { coefficients } = fitLinear(
    logs.map((log) => [log]),
    seen.map(({ result }) => Math.log(result)),
  );
  const weight = seen.length / (seen.length + PRIOR_PERIODS);
  const drawn = weight * (coefficients[1] ?? PRIOR_EXPONENT) + (1 - weight) * PRIOR_EXPONENT;
  return Math.min(HIGHEST_EXPONENT, Math.max(LOWEST_EXPONENT, drawn));
}

export interface Allocation {
  readonly channel: string;
  readonly spend: number;
  readonly expectedResult: number;
  /** Result of one more unit of money here. Equal over all channels not at a limit. */
  readonly marginal: number;
}

export interface AllocateOptions {
  readonly budget: number;
  /** Least share of the budget for every channel, so that each goes on being learned. */
  readonly floor: number;
  /** Spend of the period before: no channel then moves by more than `maxMove` of it. */
  readonly previous?: Readonly<Record<string, number>>;
  readonly maxMove: number;
}

const DEFAULTS = { floor: 0.05, maxMove: 0.2 };
const ROUNDS = 200;

/**
 * Divides a budget so that one more unit of money gives the same everywhere (bisection on that
 * marginal result), within floors and daily limits. When the limits leave no exact division, the
 * nearest one is scaled to the budget.
 */
export function allocateBudget(
  curves: readonly ResponseCurve[],
  given: Pick<AllocateOptions, 'budget'> & Partial<AllocateOptions>,
): Allocation[] {
  const options = { ...DEFAULTS, ...given };
  const limits = curves.map((curve) => limitsOf(curve, curves.length, options));
  const spendAt = (marginal: number) =>
    curves.map((curve, index) => {
      const { low = 0, high = options.budget } = limits[index] ?? {};
      return Math.min(high, Math.max(low, spendFor(curve, marginal)));
    });
  let [low, high] = [-60, 60];
  for (let round = 0; round < ROUNDS; round += 1) {
    const middle = (low + high) / 2;
    if (total(spendAt(Math.exp(middle))) > options.budget) low = middle;
    else high = middle;
  }
  const spends = spendAt(Math.exp(high));
  const scale = total(spends) > 0 ? options.budget / total(spends) : 0;
  return curves.map((curve, index) => describe(curve, (spends[index] ?? 0) * scale));
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function limitsOf({ channel }: ResponseCurve, channels: number, options: AllocateOptions) {
  const floor = Math.min(options.floor, 1 / channels) * options.budget;
  const before = options.previous?.[channel];
  if (before === undefined || before <= 0) return { low: floor, high: options.budget };
  return { low: before * (1 - options.maxMove), high: before * (1 + options.maxMove) };
}

/** Spend at which one more unit of money gives `marginal`: x = (β ρ / λ)^(1 / (1 − ρ)). */
const spendFor = ({ scale, exponent }: ResponseCurve, marginal: number): number =>
  scale === 0 ? 0 : ((scale * exponent) / marginal) ** (1 / (1 - exponent));

const describe = ({ channel, scale, exponent }: ResponseCurve, spend: number): Allocation => ({
  channel,
  spend,
  expectedResult: scale * spend ** exponent,
  marginal: spend > 0 ? scale * exponent * spend ** (exponent - 1) : 0,
});
