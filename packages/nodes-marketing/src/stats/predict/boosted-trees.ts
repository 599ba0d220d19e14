import { quantile } from '../math/describe.ts';
import { sigmoid } from './logistic.ts';

/** A question about one number, and where each answer leads; or a leaf with what it adds to the log-odds. */
type Tree =
  | { readonly value: number }
  | { readonly column: number; readonly border: number; readonly low: Tree; readonly high: Tree };

export interface BoostedTrees {
  readonly intercept: number;
  readonly trees: readonly Tree[];
}

export interface BoostOptions {
  readonly rounds: number;
  readonly depth: number;
  readonly rate: number;
  readonly leastRows: number;
}

const DEFAULTS: BoostOptions = { rounds: 120, depth: 3, rate: 0.1, leastRows: 20 };
const BORDERS = 31;
const PENALTY = 1;

/**
 * Gradient-boosted trees for a yes or no: each tree corrects what those before it got wrong, with
 * Newton steps in its leaves. Borders are quantiles, so a row costs the same whatever its scale.
 *
 * @see Friedman: Greedy function approximation, 2001; Chen, Guestrin: XGBoost, 2016 (gain, penalty)
 */
export function fitBoostedTrees(
  rows: readonly (readonly number[])[],
  isPositive: readonly boolean[],
  given: Partial<BoostOptions> = {},
): BoostedTrees {
  const options = { ...DEFAULTS, ...given };
  const base = (isPositive.filter(Boolean).length + 0.5) / (rows.length + 1);
  const intercept = Math.log(base / (1 - base));
  const data = binned(rows);
  const odds = new Float64Array(rows.length).fill(intercept);
  const trees: Tree[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const slopes = odds.map((odd, index) => (isPositive[index] ? 1 : 0) - sigmoid(odd));
    const curves = odds.map((odd) => sigmoid(odd) * (1 - sigmoid(odd)));
    const tree = grow({ ...data, slopes, curves }, [...rows.keys()], options.depth, options);
    trees.push(tree);
    rows.forEach((row, index) => (odds[index] = (odds[index] ?? 0) + valueAt(tree, row)));
  }
  return { intercept, trees };
}

/** Chance of a positive, 0–1. */
export const boostedChance = ({ intercept, trees }: BoostedTrees, row: readonly number[]): number =>
  sigmoid(trees.reduce((sum, tree) => sum + valueAt(tree, row), intercept));

function valueAt(tree: Tree, row: readonly number[]): number {
  let at = tree;
  while ('column' in at) at = (row[at.column] ?? 0) <= at.border ? at.low : at.high;
  return at.value;
}

interface Binned {
  /** Of each column, ascending. */
  readonly borders: readonly (readonly number[])[];
  /** For each column: the bin of each row. */
  readonly bins: readonly Uint8Array[];
}

function binned(rows: readonly (readonly number[])[]): Binned {
  const width = rows[0]?.length ?? 0;
  const borders = Array.from({ length: width }, (_, column) => {
    const values = rows.map((row) => row[column] ?? 0);
    const cuts = Array.from({ length: BORDERS }, (__, cut) =>
      quantile(values, (cut + 1) / (BORDERS + 1)),
    );
    const largest = Math.max(...cuts, -Infinity);
    return [...new Set(cuts)].filter((cut) => cut < largest || values.some((value) => value > cut));
  });
  const bins = borders.map((cuts, column) =>
    Uint8Array.from(rows, (row) => {
      const bin = cuts.findIndex((cut) => (row[column] ?? 0) <= cut);
      return bin === -1 ? cuts.length : bin;
    }),
  );
  return { borders, bins };
}

interface Gradients extends Binned {
  readonly slopes: Float64Array;
  readonly curves: Float64Array;
}

function grow(data: Gradients, own: readonly number[], depth: number, options: BoostOptions): Tree {
  const slope = own.reduce((sum, index) => sum + (data.slopes[index] ?? 0), 0);
  const curve = own.reduce((sum, index) => sum + (data.curves[index] ?? 0), 0);
  const leaf = { value: (options.rate * slope) / (curve + PENALTY) };
  if (depth === 0 || own.length < 2 * options.leastRows) return leaf;
  const split = bestSplit(data, own, slope, curve, options.leastRows);
  if (!split) return leaf;
  const { column, border } = split;
  const isLow = (index: number) => (data.bins[column]?.[index] ?? 0) <= split.bin;
  return {
    column,
    border,
    low: grow(data, own.filter(isLow), depth - 1, options),
    high: grow(
      data,
      own.filter((index) => !isLow(index)),
      depth - 1,
      options,
    ),
  };
}

interface Split {
  readonly column: number;
  readonly bin: number;
  readonly border: number;
}

function bestSplit(
  { borders, bins, slopes, curves }: Gradients,
  own: readonly number[],
  slope: number,
  curve: number,
  leastRows: number,
): Split | undefined {
  const gain = (s: number, c: number) => (s * s) / (c + PENALTY);
  let best: Split | undefined;
  let most = gain(slope, curve) + 1e-9;
  borders.forEach((cuts, column) => {
    const sums = new Float64Array((cuts.length + 1) * 3);
    const binOf = bins[column];
    for (const index of own) {
      const at = (binOf?.[index] ?? 0) * 3;
      sums[at] = (sums[at] ?? 0) + (slopes[index] ?? 0);
      sums[at + 1] = (sums[at + 1] ?? 0) + (curves[index] ?? 0);
      sums[at + 2] = (sums[at + 2] ?? 0) + 1;
    }
    let [lowSlope, lowCurve, lowRows] = [0, 0, 0];
    cuts.forEach((border, bin) => {
      lowSlope += sums[bin * 3] ?? 0;
      lowCurve += sums[bin * 3 + 1] ?? 0;
      lowRows += sums[bin * 3 + 2] ?? 0;
      if (lowRows < leastRows || own.length - lowRows < leastRows) return;
      const total = gain(lowSlope, lowCurve) + gain(slope - lowSlope, curve - lowCurve);
      if (total <= most) return;
      most = total;
      best = { column, bin, border };
    });
  });
  return best;
}
