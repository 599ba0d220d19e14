import { brierScore } from './area-under-curve.ts';
import { boostedChance, fitBoostedTrees, type BoostedTrees } from './boosted-trees.ts';
import { fitCalibration, openCalibration, type CalibrationCurve } from './calibrate.ts';
import {
  learnEncoding,
  openEncoder,
  type EncodedColumn,
  type Encoder,
  type Facts,
} from './encode.ts';
import { judgeChances, type ChanceReport } from './judge-chances.ts';
import { contributionsOf, fitLogistic, logisticChance, type LogisticModel } from './logistic.ts';

/** Something that ended well or not, with what was known when it began. */
export interface Outcome {
  readonly facts: Facts;
  readonly isPositive: boolean;
  /** When it began; ms since the epoch, or any number that grows with time. */
  readonly at: number;
}

export interface PredictorReport extends ChanceReport {
  readonly kind: 'logistic' | 'trees';
  readonly trainedOn: number;
  readonly testedOn: number;
}

/** What a predictor learned, as plain data. */
export interface PredictorModel {
  readonly columns: readonly EncodedColumn[];
  /** Always there: it explains, also where trees predict. */
  readonly logistic: LogisticModel;
  readonly trees: BoostedTrees | null;
  readonly calibration: CalibrationCurve | null;
  /** Share of good ends in training. */
  readonly baseRate: number;
}

export interface OpenPredictor {
  /** Calibrated chance of a good end, 0–1. */
  predict(facts: Facts): number;
  /** What speaks for and against, the strongest first, in log-odds of the logistic model. */
  explain(facts: Facts): readonly { readonly name: string; readonly weight: number }[];
}

export interface Predictor extends OpenPredictor {
  readonly report: PredictorReport;
  readonly model: PredictorModel;
}

const TRAIN = 0.6;
const CHOOSE = 0.8;
const LEAST_ROWS = 100;

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

  const model = fitModel(train, choose, positives / train.length);
  const opened = openPredictor(model);
  return {
    ...opened,
    model,
    report: {
      kind: model.trees ? 'trees' : 'logistic',
      trainedOn: train.length,
      testedOn: test.length,
      ...judgeChances(
        test.map(({ facts }) => opened.predict(facts)),
        test.map(({ isPositive }) => isPositive),
        { baseRate: model.baseRate, seed },
      ),
    },
  };
}

/** The predictor a model was kept of. */
export function openPredictor(model: PredictorModel): OpenPredictor {
  const encoder = openEncoder(model.columns);
  const calibration = openCalibration(model.calibration);
  return {
    predict: (facts) => calibration(rawChance(model, encoder.encode(facts))),
    explain: (facts) => explain(model.logistic, encoder, facts),
  };
}

type Fitted = Pick<PredictorModel, 'logistic' | 'trees'>;

const rawChance = ({ trees, logistic }: Fitted, row: readonly number[]): number =>
  trees ? boostedChance(trees, row) : logisticChance(logistic, row);

function fitModel(
  train: readonly Outcome[],
  choose: readonly Outcome[],
  baseRate: number,
): PredictorModel {
  const encoder = learnEncoding(train.map(({ facts }) => facts));
  const rows = train.map(({ facts }) => encoder.encode(facts));
  const truth = train.map(({ isPositive }) => isPositive);
  const later = choose.map(({ facts }) => encoder.encode(facts));
  const came = choose.map(({ isPositive }) => isPositive);
  const logistic = fitLogistic(rows, truth);
  const line: Fitted = { logistic, trees: null };
  const forest: Fitted = { logistic, trees: fitBoostedTrees(rows, truth) };
  const brierOf = (fitted: Fitted) =>
    brierScore(
      later.map((row) => rawChance(fitted, row)),
      came,
    );
  const best = brierOf(line) <= brierOf(forest) ? line : forest;
  const chances = later.map((row) => rawChance(best, row));
  return {
    ...best,
    columns: encoder.columns,
    calibration: fitCalibration(chances, came),
    baseRate,
  };
}

function explain(model: LogisticModel, encoder: Encoder, facts: Facts) {
  return contributionsOf(model, encoder.encode(facts))
    .map((weight, index) => ({ name: encoder.names[index] ?? '', weight }))
    .filter(({ weight }) => weight !== 0)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}
