import { clusterKeywords } from '../stats/cluster-keywords.ts';
import { fitCtrCurve, PRIOR_CTR, type CtrCurve } from '../stats/ctr-curve.ts';
import type { Keyword } from '../stats/keyword.ts';
import { scoreOpportunity, type Opportunity } from '../stats/opportunity.ts';
import { isQuickWin, strikingDistance } from '../stats/quick-win.ts';

export interface AnalysisOptions {
  readonly authority: number;
  readonly valuePerClick: number;
  readonly useCpc: boolean;
  readonly maxDifficulty: number;
  readonly minVolume: number;
  readonly foreignBrands: readonly string[];
  readonly clusterThreshold: number;
}

/** A keyword with everything that was found out about it. */
export interface AnalyzedKeyword extends Keyword, Opportunity {
  /** 1 is the best. */
  readonly rank: number;
  readonly quickWin: boolean;
  readonly strikingDistance: boolean;
  /** The strongest keyword of its cluster. */
  readonly cluster: string;
  readonly clusterSize: number;
}

/** Scores, clusters and marks keywords; the best opportunity first. Pure and repeatable. */
export function analyzeKeywords<K extends Keyword>(
  keywords: readonly K[],
  options: AnalysisOptions,
): (K & AnalyzedKeyword)[] {
  const curve = ownCurve(keywords);
  const near = new Set<Keyword>(strikingDistance(keywords));
  const cluster = clusterOf(keywords, options.clusterThreshold);
  const scored = keywords.map((keyword) => scoreOpportunity(keyword, { ...options, curve }));
  const scoreAt = (index: number) => scored[index]?.score ?? 0;
  const order = [...keywords.keys()].toSorted(
    (a, b) => scoreAt(b) - scoreAt(a) || (keywords[b]?.volume ?? 0) - (keywords[a]?.volume ?? 0),
  );
  // Each keyword is copied once, at its place: a large export is copied often enough as it is.
  return order.flatMap((index, place) => {
    const [keyword, opportunity] = [keywords[index], scored[index]];
    if (!keyword || !opportunity) return [];
    return {
      rank: place + 1,
      ...keyword,
      ...opportunity,
      quickWin: isQuickWin(keyword, options),
      strikingDistance: near.has(keyword),
      ...cluster(index),
    };
  });
}

/** The site's own click curve where the export tells clicks, else the prior. */
function ownCurve(keywords: readonly Keyword[]): CtrCurve {
  const ranked = keywords.flatMap(({ position, clicks, impressions }) =>
    position === undefined || clicks === undefined || impressions === undefined
      ? []
      : [{ position, clicks, impressions }],
  );
  return ranked.length > 0 ? fitCtrCurve(ranked) : PRIOR_CTR;
}

function clusterOf(keywords: readonly Keyword[], threshold: number) {
  const byIndex = new Map<number, { readonly cluster: string; readonly clusterSize: number }>();
  for (const { seed, members } of clusterKeywords(keywords, { threshold })) {
    const named = { cluster: keywords[seed]?.text ?? '', clusterSize: members.length };
    for (const member of members) byIndex.set(member, named);
  }
  return (index: number) => byIndex.get(index) ?? { cluster: '', clusterSize: 1 };
}
