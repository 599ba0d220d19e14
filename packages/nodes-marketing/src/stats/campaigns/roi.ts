/** What was spent and gained in any part of a portfolio. */
export interface MoneyFlow {
  /** Media, models, services and hours, in one currency. */
  readonly cost: number;
  readonly value: number;
}

export interface ConsolidatedRoi extends MoneyFlow {
  /** (Σ value − Σ cost) / Σ cost; undefined while nothing was spent. */
  readonly roi: number | undefined;
}

/** Return of many parts together: of the sums, never the mean of single ratios (marketing.md A50). */
export function consolidateRoi(flows: readonly MoneyFlow[]): ConsolidatedRoi {
  const cost = flows.reduce((sum, flow) => sum + flow.cost, 0);
  const value = flows.reduce((sum, flow) => sum + flow.value, 0);
  return { cost, value, roi: cost === 0 ? undefined : (value - cost) / cost };
}
