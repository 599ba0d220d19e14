import type { Arm } from './arm.ts';
import { rateOf } from './arm.ts';
import { compareRates } from './beta-binomial.ts';
import { testSampleRatio, type SampleRatio } from './sample-ratio.ts';
import { testSequentially, type SequentialTest } from './sequential.ts';
import { testProportions, type TwoProportions } from './two-proportions.ts';

export interface DecisionRule {
  /** Probability of being better that a winner needs. */
  readonly minProbability: number;
  /** Greatest expected loss of a winner, as a share of the control's rate. */
  readonly maxRelativeLoss: number;
  /** People an arm needs before anything is decided. */
  readonly minTrials: number;
}

export const DEFAULT_RULE: DecisionRule = {
  minProbability: 0.95,
  maxRelativeLoss: 0.005,
  minTrials: 100,
};

export type Decision =
  { readonly kind: 'treatment' | 'control' } | { readonly kind: 'open'; readonly reason: string };

export interface ExperimentReport {
  readonly fixed: TwoProportions;
  readonly sequential: SequentialTest;
  readonly probability: number;
  readonly expectedLoss: number;
  readonly ratio: SampleRatio;
  readonly decision: Decision;
}

/**
 * Everything to be said about an A/B test of two rates, and who won, if anybody.
 *
 * Nobody wins while the sample ratio is broken, while arms are too small, or while losing is too likely.
 *
 * @param shares - Planned shares of control and treatment.
 * @see marketing.md A27
 */
export function analyseExperiment(
  control: Arm,
  treatment: Arm,
  {
    rule = DEFAULT_RULE,
    shares = [1, 1],
  }: { readonly rule?: DecisionRule; readonly shares?: readonly [number, number] } = {},
): ExperimentReport {
  const ratio = testSampleRatio([control.trials, treatment.trials], shares);
  const { probability, expectedLoss } = compareRates(control, treatment);
  const reversed = compareRates(treatment, control);
  const loss = { treatment: expectedLoss, control: reversed.expectedLoss };
  return {
    fixed: testProportions(control, treatment),
    sequential: testSequentially(control, treatment),
    probability,
    expectedLoss,
    ratio,
    decision: decide({ control, treatment, probability, loss, ratio, rule }),
  };
}

interface Evidence {
  readonly control: Arm;
  readonly treatment: Arm;
  readonly probability: number;
  readonly loss: { readonly treatment: number; readonly control: number };
  readonly ratio: SampleRatio;
  readonly rule: DecisionRule;
}

function decide({ control, treatment, probability, loss, ratio, rule }: Evidence): Decision {
  const open = (reason: string): Decision => ({ kind: 'open', reason });
  if (ratio.verdict === 'block')
    return open(
      `The arms are not as large as planned (p = ${ratio.p.toPrecision(2)}): assignment is broken`,
    );
  const smallest = Math.min(control.trials, treatment.trials);
  if (smallest < rule.minTrials)
    return open(`The smaller arm has ${smallest} people of the ${rule.minTrials} it needs`);
  const winner = probability >= 0.5 ? 'treatment' : 'control';
  const certainty = Math.max(probability, 1 - probability);
  if (certainty < rule.minProbability)
    return open(`The better arm is better with probability ${certainty.toFixed(3)} only`);
  const allowed = rule.maxRelativeLoss * rateOf(control);
  if (loss[winner] > allowed)
    return open(`Choosing "${winner}" could still cost ${loss[winner].toPrecision(2)} in rate`);
  return { kind: winner };
}
