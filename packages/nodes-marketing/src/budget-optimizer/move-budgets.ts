import { allocateBudget, type ResponseCurve } from '../stats/campaigns/budget.ts';

/** Money a day, by channel. */
export type DailyBudgets = Readonly<Record<string, number>>;

export interface Pace {
  readonly budget: number;
  readonly spent: number;
  /** Days still to go; undefined without an end. */
  readonly daysLeft: number | undefined;
}

/** The whole day's budget moves by no more than this towards what is left for each day. */
const MOST_PACE = 0.1;

/**
 * Tomorrow's budgets: the day's sum a step nearer to an even use of what is left, divided so that
 * the next unit of money returns the same on every channel, none moved by more than a fifth.
 */
export function moveBudgets(
  curves: readonly ResponseCurve[],
  previous: DailyBudgets,
  pace: Pace,
): DailyBudgets {
  const before = Object.values(previous).reduce((total, value) => total + value, 0);
  const left = Math.max(0, pace.budget - pace.spent);
  const wanted = pace.daysLeft === undefined ? before : left / Math.max(1, pace.daysLeft);
  const budget = Math.min(before * (1 + MOST_PACE), Math.max(before * (1 - MOST_PACE), wanted));
  return divideBudget(curves, Math.min(budget, left), previous);
}

/** A budget divided over channels, in whole cents. */
export function divideBudget(
  curves: readonly ResponseCurve[],
  budget: number,
  previous: DailyBudgets = {},
): DailyBudgets {
  return Object.fromEntries(
    allocateBudget(curves, { budget, previous }).map(({ channel, spend }) => [
      channel,
      Math.round(spend * 100) / 100,
    ]),
  );
}
