/** The parts of a site's health, each 0–1, absent when it is not known. */
export interface HealthParts {
  /** Σ volume · click share at the rank / Σ volume · click share at rank 1. */
  readonly visibility?: number;
  /** Share of keywords in the first ten. */
  readonly topTen?: number;
  /** Clicks over those expected at the ranks, up to 1.5, divided by 1.5. */
  readonly clickEfficiency?: number;
  /** .5 + .5 tanh of the change of visibility over four weeks, in standard deviations. */
  readonly momentum?: number;
  /** Share of crawled pages without errors. */
  readonly technical?: number;
  /** Mean quality of live links, 0–1. */
  readonly links?: number;
}

const NAMES = [
  'visibility',
  'topTen',
  'clickEfficiency',
  'momentum',
  'technical',
  'links',
] as const;

const WEIGHTS: Readonly<Record<keyof HealthParts, number>> = {
  visibility: 35,
  topTen: 15,
  clickEfficiency: 15,
  momentum: 15,
  technical: 10,
  links: 10,
};

export interface SeoHealth {
  /** 0–100; `undefined` when no part is known. */
  readonly score: number | undefined;
  /** Share of the weight that is known: a score of half the parts says so. */
  readonly coverage: number;
}

/** A site's health from its parts; missing parts drop out and the rest is weighed anew (marketing.md A07). */
export function seoHealth(parts: HealthParts): SeoHealth {
  let [weight, sum] = [0, 0];
  for (const name of NAMES) {
    const value = parts[name];
    if (value === undefined) continue;
    weight += WEIGHTS[name];
    sum += WEIGHTS[name] * Math.min(1, Math.max(0, value));
  }
  return { score: weight === 0 ? undefined : (100 * sum) / weight, coverage: weight / 100 };
}
