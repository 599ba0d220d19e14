import { betaCdf, betaDensity } from '../math/special.ts';
import type { Arm } from './arm.ts';

/** Shapes of the Beta distribution held before the experiment. */
export interface BetaPrior {
  readonly a: number;
  readonly b: number;
}

/** Every rate equally likely. */
export const UNIFORM: BetaPrior = { a: 1, b: 1 };

export interface BetterThan {
  /** Probability that the treatment's true rate is above the control's. */
  readonly probability: number;
  /** What choosing the treatment costs on average, in rate, where it is the worse one. */
  readonly expectedLoss: number;
}

/**
 * Compares two rates after the data, exactly but for rounding: no random numbers.
 *
 * The loss follows from x·Beta(a, b) being proportional to Beta(a + 1, b):
 * E[max(C − T, 0)] = E[C]·P(C⁺ > T) − E[T]·P(C > T⁺).
 */
export function compareRates(control: Arm, treatment: Arm, prior: BetaPrior = UNIFORM): BetterThan {
  const [c, t] = [posterior(control, prior), posterior(treatment, prior)];
  const loss =
    meanOf(c) * (1 - probabilityAbove(t, { ...c, a: c.a + 1 })) -
    meanOf(t) * (1 - probabilityAbove({ ...t, a: t.a + 1 }, c));
  return { probability: probabilityAbove(t, c), expectedLoss: Math.max(0, loss) };
}

const posterior = ({ trials, successes }: Arm, { a, b }: BetaPrior): BetaPrior => ({
  a: a + successes,
  b: b + trials - successes,
});

const meanOf = ({ a, b }: BetaPrior): number => a / (a + b);

const POINTS = 2000;
const REACH = 12;

/** P(X > Y): integrates over the narrower of the two, where the other one is smooth. */
const probabilityAbove = (x: BetaPrior, y: BetaPrior): number =>
  spreadOf(x) <= spreadOf(y) ? meanDistribution(x, y) : 1 - meanDistribution(y, x);

const spreadOf = ({ a, b }: BetaPrior): number => Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1)));

/** ∫ f_X F_Y by Simpson's rule, over the part of [0, 1] where X lies. */
function meanDistribution(x: BetaPrior, y: BetaPrior): number {
  const reach = REACH * spreadOf(x);
  const low = Math.max(0, meanOf(x) - reach);
  const step = (Math.min(1, meanOf(x) + reach) - low) / POINTS;
  let sum = 0;
  let mass = 0;
  for (let point = 0; point <= POINTS; point += 1) {
    const place = low + point * step;
    const weight = point === 0 || point === POINTS ? 1 : 2 + 2 * (point % 2);
    const density = weight * betaDensity(place, x.a, x.b);
    sum += density * betaCdf(place, y.a, y.b);
    mass += density;
  }
  return sum / mass;
}
