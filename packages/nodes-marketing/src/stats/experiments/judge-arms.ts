import { rateOf, type Arm, type Interval } from './arm.ts';
import { compareRates } from './beta-binomial.ts';
import { DEFAULT_RULE, type DecisionRule } from './decide.ts';
import { testSampleRatio, type SampleRatio } from './sample-ratio.ts';
import { testSequentially } from './sequential.ts';
import { testProportions } from './two-proportions.ts';
import { wilsonInterval } from './wilson.ts';

/** An arm by name; the first of several is the control. */
export interface NamedArm extends Arm {
  readonly name: string;
  /** Planned, on any scale. */
  readonly share: number;
}

/**
 * `sequential` may be looked at as often as one likes; `fixed` is looked at once, with the number of
 * people planned before it began.
 */
export type TestPlan =
  { readonly kind: 'sequential' } | { readonly kind: 'fixed'; readonly trialsPerArm: number };

export interface JudgeRule extends DecisionRule {
  /** Share of tests without any difference that may name a winner. */
  readonly alpha: number;
}

/** A treatment against the control. */
export interface Comparison {
  readonly arm: string;
  /** Treatment rate minus control rate, and over the control rate; null when that is 0. */
  readonly difference: number;
  readonly lift: number | null;
  readonly interval: Interval;
  /** For the plan, and times the number of treatments. */
  readonly p: number;
  readonly fixedP: number;
  readonly sequentialP: number;
  /** That the treatment is better, and what choosing either costs on average if it is not. */
  readonly probability: number;
  readonly loss: { readonly treatment: number; readonly control: number };
}

export type Verdict =
  | { readonly kind: 'winner'; readonly arm: string; readonly reason: string }
  | { readonly kind: 'noDifference'; readonly reason: string }
  | { readonly kind: 'open'; readonly reason: string };

export interface ArmsReport {
  readonly arms: readonly (NamedArm & { readonly rate: number } & Interval)[];
  readonly comparisons: readonly Comparison[];
  readonly ratio: SampleRatio;
  readonly verdict: Verdict;
}

/**
 * What a test of two or more arms shows, and who won, if anybody. Nobody wins while the arms are not as
 * large as planned, however clear the rates: who was counted is then not who was meant.
 *
 * @throws {RangeError} with fewer than two arms.
 * @see marketing.md A27
 */
export function judgeArms(
  arms: readonly NamedArm[],
  plan: TestPlan,
  given: Partial<JudgeRule> = {},
): ArmsReport {
  const [control, ...treatments] = arms;
  if (!control || treatments.length === 0)
    throw new RangeError('A test takes a control and at least one other arm');
  const rule = { ...DEFAULT_RULE, alpha: 0.05, ...given };
  const ratio = testSampleRatio(
    arms.map(({ trials }) => trials),
    arms.map(({ share }) => share),
  );
  const comparisons = treatments.map((arm) => compare(control, arm, treatments.length, plan, rule));
  return {
    arms: arms.map((arm) => ({ ...arm, rate: rateOf(arm), ...wilsonInterval(arm) })),
    comparisons,
    ratio,
    verdict: decide({ arms, control, comparisons, ratio, plan, rule }),
  };
}

function compare(
  control: NamedArm,
  arm: NamedArm,
  tests: number,
  plan: TestPlan,
  { alpha }: JudgeRule,
): Comparison {
  const fixed = testProportions(control, arm, 1 - alpha / tests);
  const sequential = testSequentially(control, arm, { alpha: alpha / tests, tuning: 5000 });
  const { probability, expectedLoss } = compareRates(control, arm);
  const isFixed = plan.kind === 'fixed';
  return {
    arm: arm.name,
    difference: fixed.difference,
    lift: fixed.lift ?? null,
    interval: isFixed ? fixed.interval : sequential.interval,
    p: Math.min(1, tests * (isFixed ? fixed.p : sequential.p)),
    fixedP: fixed.p,
    sequentialP: sequential.p,
    probability,
    loss: { treatment: expectedLoss, control: compareRates(arm, control).expectedLoss },
  };
}

interface Evidence extends Pick<ArmsReport, 'comparisons' | 'ratio'> {
  readonly arms: readonly NamedArm[];
  readonly control: NamedArm;
  readonly plan: TestPlan;
  readonly rule: JudgeRule;
}

function decide(evidence: Evidence): Verdict {
  const { comparisons, control, plan, rule } = evidence;
  const tooEarly = reasonToWait(evidence);
  if (tooEarly !== undefined) return { kind: 'open', reason: tooEarly };
  const sure = comparisons.filter((each) => isSure(each, control, rule));
  const [best] = sure
    .filter(({ difference }) => difference > 0)
    .toSorted((a, b) => b.difference - a.difference);
  if (best) return { kind: 'winner', arm: best.arm, reason: told(best, best.probability) };
  const [closest] = comparisons.toSorted((a, b) => b.difference - a.difference);
  if (closest && sure.length === comparisons.length)
    return {
      kind: 'winner',
      arm: control.name,
      reason: `Every other arm is worse; the closest: ${told(closest, 1 - closest.probability)}`,
    };
  const [nearest] = comparisons.toSorted((a, b) => a.p - b.p);
  const reason = `No difference is sure yet; the nearest is "${nearest?.arm}" with p = ${nearest?.p.toPrecision(2)}`;
  return plan.kind === 'fixed' ? { kind: 'noDifference', reason } : { kind: 'open', reason };
}

function reasonToWait({ arms, ratio, plan, rule }: Evidence): string | undefined {
  if (ratio.verdict === 'block')
    return `The arms are not as large as planned (p = ${ratio.p.toPrecision(2)}): assignment or counting is broken, and no winner is named`;
  const smallest = Math.min(...arms.map(({ trials }) => trials));
  if (smallest < rule.minTrials)
    return `The smallest arm has ${smallest} people of the ${rule.minTrials} it needs`;
  if (plan.kind === 'fixed' && smallest < plan.trialsPerArm)
    return `A fixed test is looked at once, with ${plan.trialsPerArm} people an arm; the smallest has ${smallest}`;
  return undefined;
}

function isSure(
  { p, probability, loss, difference }: Comparison,
  control: NamedArm,
  rule: JudgeRule,
): boolean {
  const [certainty, cost] =
    difference > 0 ? [probability, loss.treatment] : [1 - probability, loss.control];
  return (
    p <= rule.alpha &&
    certainty >= rule.minProbability &&
    cost <= rule.maxRelativeLoss * rateOf(control)
  );
}

const told = ({ arm, difference, p }: Comparison, certainty: number): string =>
  `"${arm}" is ${difference > 0 ? 'better' : 'worse'} by ${(100 * Math.abs(difference)).toFixed(2)} points, p = ${p.toPrecision(2)}, with probability ${certainty.toFixed(3)}`;
