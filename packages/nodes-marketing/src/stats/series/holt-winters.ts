import { mean } from '../math/describe.ts';
import type { ForecastMethod } from './forecast.ts';

/** How fast level, trend and season follow what is new, and how fast a trend dies out. */
export interface SmoothingSetting {
  readonly name: string;
  /** 0: no trend. */
  readonly trend: readonly number[];
  readonly damping: number;
}

export const holtWintersSettings: readonly SmoothingSetting[] = [
  { name: 'level and season', trend: [0], damping: 1 },
  { name: 'with fading trend', trend: [0.01, 0.05, 0.2], damping: 0.9 },
  { name: 'with trend', trend: [0.01, 0.05, 0.2], damping: 1 },
];

const LEVEL = [0.05, 0.1, 0.2, 0.4, 0.7];
const SEASON = [0.02, 0.1, 0.3];

interface Smoothing {
  readonly level: number;
  readonly trend: number;
  readonly season: number;
  readonly damping: number;
}

interface State {
  level: number;
  trend: number;
  /** The season's part of each place, the next one first. */
  readonly seasonal: number[];
}

/**
 * Additive Holt–Winters; the smoothing with the least squared one-step error on the past is taken.
 *
 * @see Winters: Forecasting sales by exponentially weighted moving averages, 1960
 */
export const holtWinters =
  (season: number, setting: SmoothingSetting): ForecastMethod =>
  (values) => {
    const candidates = LEVEL.flatMap((level) =>
      setting.trend.flatMap((trend) =>
        (season > 1 ? SEASON : [0]).map((seasonal) => ({
          level,
          trend,
          season: seasonal,
          damping: setting.damping,
        })),
      ),
    );
    const { smoothing, state, residuals } = candidates
      .map((each) => ({ smoothing: each, ...run(values, season, each) }))
      .reduce((best, fit) => (squares(fit.residuals) < squares(best.residuals) ? fit : best));
    return { residuals, path: (errors) => follow(state, errors, smoothing) };
  };

const squares = (errors: readonly number[]): number =>
  errors.reduce((sum, error) => sum + error * error, 0);

function run(values: readonly number[], season: number, smoothing: Smoothing) {
  const state = begin(values, season, smoothing.trend > 0);
  const residuals: number[] = [];
  values.forEach((value, index) => {
    const error = value - expected(state, smoothing);
    move(state, error, smoothing);
    if (index >= season) residuals.push(error);
  });
  return { state, residuals };
}

/** From the first two seasons: their mean level, the step between them, and each place's distance. */
function begin(values: readonly number[], season: number, hasTrend: boolean): State {
  const first = mean(values.slice(0, season));
  const second = mean(values.slice(season, 2 * season));
  const seasonal = Array.from({ length: season }, (_, place) =>
    season === 1 ? 0 : ((values[place] ?? 0) - first + (values[place + season] ?? 0) - second) / 2,
  );
  return { level: first, trend: hasTrend ? (second - first) / season : 0, seasonal };
}

const expected = ({ level, trend, seasonal }: State, { damping }: Smoothing): number =>
  level + damping * trend + (seasonal[0] ?? 0);

/** Takes in one value by its error, in the form that lets futures be simulated. */
function move(state: State, error: number, smoothing: Smoothing): void {
  state.level += smoothing.damping * state.trend + smoothing.level * error;
  state.trend =
    smoothing.trend === 0
      ? 0
      : smoothing.damping * state.trend + smoothing.level * smoothing.trend * error;
  const [place = 0, ...rest] = state.seasonal;
  state.seasonal.splice(0, state.seasonal.length, ...rest, place + smoothing.season * error);
}

function follow(from: State, errors: readonly number[], smoothing: Smoothing): number[] {
  const state = { ...from, seasonal: [...from.seasonal] };
  return errors.map((error) => {
    const value = expected(state, smoothing) + error;
    move(state, error, smoothing);
    return value;
  });
}
