import { isotonic } from '../math/isotonic.ts';

/** Maps a model's chance to how often such chances came true. */
export type Calibration = (chance: number) => number;

/** Points of a calibration: chances in ascending order and how often each came true. */
export interface CalibrationCurve {
  readonly at: readonly number[];
  readonly share: readonly number[];
}

const LEAST_ROWS = 50;

/** Isotonic calibration on rows the model did not learn from; few rows leave the chances as they are. */
export const calibrate = (chances: readonly number[], cameTrue: readonly boolean[]): Calibration =>
  openCalibration(fitCalibration(chances, cameTrue));

/** The calibration a curve was kept of; none leaves chances as they are. */
export const openCalibration =
  (curve: CalibrationCurve | null): Calibration =>
  (chance) =>
    curve === null ? chance : interpolate(curve.at, curve.share, chance);

/**
 * @returns `null` for fewer than 50 rows.
 * @see Zadrozny, Elkan: Transforming classifier scores into accurate multiclass probabilities, 2002
 */
export function fitCalibration(
  chances: readonly number[],
  cameTrue: readonly boolean[],
): CalibrationCurve | null {
  if (chances.length < LEAST_ROWS) return null;
  const order = [...chances.keys()].toSorted((a, b) => (chances[a] ?? 0) - (chances[b] ?? 0));
  const at = order.map((index) => chances[index] ?? 0);
  // One imagined outcome of each kind keeps the ends off 0 and 1, which no sample can show.
  const seen = [0.5, ...order.map((index) => (cameTrue[index] ? 1 : 0)), 0.5];
  return withoutFlats({ at, share: isotonic(seen).slice(1, -1) });
}

/** Within a level stretch only its ends say something. */
function withoutFlats({ at, share }: CalibrationCurve): CalibrationCurve {
  const told = [...at.keys()].filter(
    (index) => share[index] !== share[index - 1] || share[index] !== share[index + 1],
  );
  return { at: told.map((index) => at[index] ?? 0), share: told.map((index) => share[index] ?? 0) };
}

function interpolate(at: readonly number[], value: readonly number[], x: number): number {
  let [low, high] = [0, at.length - 1];
  if (x <= (at[low] ?? 0)) return value[low] ?? x;
  if (x >= (at[high] ?? 0)) return value[high] ?? x;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) <= x) low = middle;
    else high = middle;
  }
  const [left, right] = [at[low] ?? 0, at[high] ?? 0];
  const part = right === left ? 0 : (x - left) / (right - left);
  return (value[low] ?? 0) + part * ((value[high] ?? 0) - (value[low] ?? 0));
}
