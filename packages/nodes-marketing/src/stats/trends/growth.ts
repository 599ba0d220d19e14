import { studentP } from '../math/distributions.ts';

export interface Growth {
  /** Change of ln(1 + x) a period: .1 is about 10 % more each period. */
  readonly slope: number;
  /** Two-sided; 1 with fewer than three values or when nothing changes. */
  readonly p: number;
}

/** Growth over the last `window` values: least squares of ln(1 + x) on time, with its t-test. */
export function growthOf(values: readonly number[], window = 14): Growth {
  const logs = values.slice(-window).map((value) => Math.log1p(Math.max(0, value)));
  const n = logs.length;
  if (n < 3) return { slope: 0, p: 1 };
  const centre = (n - 1) / 2;
  const middle = logs.reduce((sum, value) => sum + value, 0) / n;
  const squares = logs.reduce((sum, _, time) => sum + (time - centre) ** 2, 0);
  const slope =
    logs.reduce((sum, value, time) => sum + (time - centre) * (value - middle), 0) / squares;
  const left = logs.reduce(
    (sum, value, time) => sum + (value - middle - slope * (time - centre)) ** 2,
    0,
  );
  const error = Math.sqrt(left / (n - 2) / squares);
  if (error === 0) return { slope, p: slope === 0 ? 1 : 0 };
  return { slope, p: studentP(slope / error, n - 2) };
}
