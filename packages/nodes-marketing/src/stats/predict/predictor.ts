import { createRandom } from '../math/random.ts';
import { quantile } from '../math/describe.ts';
import { areaUnderCurve, brierScore } from './area-under-curve.ts';
import { boostedChance, fitBoostedTrees } from './boosted-trees.ts';
import { calibrate, type Calibration } from './calibrate.ts';
import { learnEncoding, type Encoder, type Facts } from './encode.ts';
import { contributionsOf, fitLogistic, logisticChance, type LogisticModel } from './logistic.ts';

/** Something that ended well or not, with what was known when it began. */
export interface Outcome {
  readonly facts: Facts;
  readonly isPositive: boolean;
  /** When it began; ms since the epoch, or any number that grows with time. */
  readonly at: number;
}

export interface Measured {
  readonly value: number;
  /** 95 % of bootstrap samples lie within. */
  readonly low: number;
  readonly high: number;
}

export interface PredictorReport {
  readonly kind: 'logistic' | 'trees';
  readonly trainedOn: number;
  readonly testedOn: number;
  readonly auc: Measured;
  readonly brier: number;
  /** Of always saying the share seen in training. */
  readonly baseBrier: number;
  /** By how much the Brier score is better than that. */
  readonly improvement: Measured;
  readonly isDeployable: boolean;
  readonly reason: string;
}

export interface Predictor {
  readonly report: PredictorReport;
  /** Calibrated chance of a good end, 0–1. */
  predict(facts: Facts): number;
  /** What speaks for and against, the strongest first, in log-odds of the logistic model. */
  explain(facts: Facts): readonly { readonly name: string; readonly weight: number }[];
}

const TRAIN = 0.6;
const CHOOSE = 0.8;
const LEAST_AUC = 0.65;
const LEAST_ROWS = 100;
const SAMPLES = 400;

/**
 * Learns to predict how something ends, and says honestly whether that works: models learn from the
 * first 60 % in time, the next 20 % chooses between them and calibrates, the last 20 % judges.
 *
 * It is deployable when the AUC is at least .65 and the Brier score better than the base rate in 95 %
 * of bootstrap samples. Accuracy has no say: always saying "no" is accurate where "yes" is rare.
 *
 * @throws {RangeError} with fewer than 100 outcomes, or where all ended alike.
 * @see marketing.md A45
 */
export function trainPredictor(outcomes: readonly Outcome[], seed = 1): Predictor {
  if (outcomes.length < LEAST_ROWS)
    throw new RangeError(
      `${outcomes.length} outcomes are too few to learn from; it takes ${LEAST_ROWS}`,
    );
  const ordered = outcomes.toSorted((a, b) => a.at - b.at);
  const cut = (share: number) => Math.round(ordered.length * share);
  const train = ordered.slice(0, cut(TRAIN));
  const choose = ordered.slice(cut(TRAIN), cut(CHOOSE));
  const test = ordered.slice(cut(CHOOSE));
  const positives = train.filter(({ isPositive }) => isPositive).length;
  if (positives === 0 || positives === train.length)
    throw new RangeError('All outcomes to learn from ended alike');

  const encoder = learnEncoding(train.map(({ facts }) => facts));
  const rows = train.map(({ facts }) => encoder.encode(facts));
  const truth = train.map(({ isPositive }) => isPositive);
  const logistic = fitLogistic(rows, truth);
  const trees = fitBoostedTrees(rows, truth);
  const models = [
    { kind: 'logistic', chance: (row: number[]) => logisticChance(logistic, row) },
    { kind: 'trees', chance: (row: number[]) => boostedChance(trees, row) },
  ] as const;
  const judged = models.map((model) => ({ ...model, ...judge(model.chance, encoder, choose) }));
  const [best = judged[0]] = judged.toSorted((a, b) => a.brier - b.brier);
  if (!best) throw new RangeError('No model could be fitted');
  const predict = (facts: Facts) => best.calibration(best.chance(encoder.encode(facts)));
  return {
    report: {
      kind: best.kind,
      trainedOn: train.length,
      testedOn: test.length,
      ...testOn(test, predict, positives / train.length, seed),
    },
    predict,
    explain: (facts) => explain(logistic, encoder, facts),
  };
}

function judge(
  chance: (row: number[]) => number,
  encoder: Encoder,
  choose: readonly Outcome[],
): { readonly brier: number; readonly calibration: Calibration } {
  const chances = choose.map(({ facts }) => chance(encoder.encode(facts)));
  const truth = choose.map(({ isPositive }) => isPositive);
  return { brier: brierScore(chances, truth), calibration: calibrate(chances, truth) };
}

function testOn(
  test: readonly Outcome[],
  predict: (facts: Facts) => number,
  baseRate: number,
  seed: number,
): Omit<PredictorReport, 'kind' | 'trainedOn' | 'testedOn'> {
  const chances = test.map(({ facts }) => predict(facts));
  const truth = test.map(({ isPositive }) => isPositive);
  const random = createRandom(seed);
  const samples = Array.from({ length: SAMPLES }, () => {
    const picked = test.map(() => random.below(test.length));
    const own = picked.map((index) => chances[index] ?? 0);
    const came = picked.map((index) => truth[index] ?? false);
    return { auc: areaUnderCurve(own, came), gain: gainOver(baseRate, own, came) };
  });
  const within = (value: number, list: readonly number[]): Measured => ({
    value,
    low: quantile(list, 0.025),
    high: quantile(list, 0.975),
  });
  const auc = within(
    areaUnderCurve(chances, truth),
    samples.map((sample) => sample.auc),
  );
  const improvement = within(
    gainOver(baseRate, chances, truth),
    samples.map((sample) => sample.gain),
  );
  const brier = brierScore(chances, truth);
  return {
    auc,
    brier,
    baseBrier: brier + improvement.value,
    improvement,
    ...verdict(auc, improvement),
  };
}

const gainOver = (rate: number, chances: readonly number[], truth: readonly boolean[]): number =>
  brierScore(
    truth.map(() => rate),
    truth,
  ) - brierScore(chances, truth);

function verdict(auc: Measured, improvement: Measured) {
  if (auc.value < LEAST_AUC)
    return { isDeployable: false, reason: `AUC ${auc.value.toFixed(3)} is below ${LEAST_AUC}` };
  if (improvement.low <= 0)
    return { isDeployable: false, reason: 'The chances are not surely better than the base rate' };
  return { isDeployable: true, reason: 'Better than the base rate on later outcomes' };
}

function explain(model: LogisticModel, encoder: Encoder, facts: Facts) {
  return contributionsOf(model, encoder.encode(facts))
    .map((weight, index) => ({ name: encoder.names[index] ?? '', weight }))
    .filter(({ weight }) => weight !== 0)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}
