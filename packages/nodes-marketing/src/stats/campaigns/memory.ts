/** How a past campaign went. */
export interface CampaignMemory {
  readonly id: string;
  /** From general to particular, e.g. objective, industry, channels, budget band, month. */
  readonly path: readonly string[];
  /** (value − cost) / cost; −1 when everything was lost. */
  readonly roi: number;
}

/** What is believed of a kind of campaign, as y = ln(1 + ROI). */
export interface SegmentBelief {
  readonly mean: number;
  /** Doubt about the mean itself, not the spread of single campaigns. */
  readonly sd: number;
  /** Campaigns seen in exactly this segment. */
  readonly count: number;
}

export interface CampaignModel {
  /** Belief about a path, also one never seen: it then stands where its nearest known kind stands. */
  belief(path: readonly string[]): SegmentBelief;
  /** Spread of single campaigns around their segment's mean, in y. */
  readonly sigma: number;
  /** Every full path seen, in order of first appearance. */
  readonly segments: readonly (readonly string[])[];
}

/** ROI of −1 would be ln 0: nothing worse than losing 99.9 % is told apart. */
const LEAST_ROI = -0.999;
const MIN_VARIANCE = 1e-6;

/** y = ln(1 + ROI), in which a doubling and a halving are equally far from nothing gained. */
export const logReturn = (roi: number): number => Math.log(1 + Math.max(LEAST_ROI, roi));

/** The ROI a log return stands for. */
export const returnOf = (y: number): number => Math.exp(y) - 1;

/**
 * Learns what kinds of campaigns return, small kinds drawn towards the kind they belong to:
 * m = (n ȳ/σ² + m_parent/τ²) / (n/σ² + 1/τ²), with σ² and one τ² a level by the method of moments.
 *
 * @param memories - Paths of equal length. Without any, everything is believed to return nothing.
 * @see Efron, Morris: Stein's paradox in statistics, 1977; marketing.md A24
 */
export function learnCampaigns(memories: readonly CampaignMemory[]): CampaignModel {
  const nodes = collect(memories);
  const depth = memories[0]?.path.length ?? 0;
  const sigma2 = spreadWithin(nodes, depth);
  const tau2 = Array.from({ length: depth + 1 }, (_, level) => spreadBetween(nodes, level, sigma2));
  const known = new Map<string, SegmentBelief & { readonly variance: number }>();

  function believe(path: readonly string[]): SegmentBelief & { readonly variance: number } {
    const key = keyOf(path);
    const found = known.get(key);
    if (found) return found;
    const node = nodes.get(key);
    const belief =
      path.length === 0
        ? rootBelief(node, sigma2)
        : combine(node, believe(path.slice(0, -1)), path.length);
    known.set(key, belief);
    return belief;
  }

  function combine(
    node: Node | undefined,
    parent: SegmentBelief & { readonly variance: number },
    level: number,
  ) {
    const prior = tau2[level] ?? MIN_VARIANCE;
    const weight = (node?.count ?? 0) / sigma2;
    const share = 1 / prior / (weight + 1 / prior);
    const own = node ? node.sum / node.count : parent.mean;
    const variance = 1 / (weight + 1 / prior) + share ** 2 * parent.variance;
    return {
      mean: (1 - share) * own + share * parent.mean,
      sd: Math.sqrt(variance),
      variance,
      count: node?.count ?? 0,
    };
  }

  return {
    belief(path) {
      const { mean, sd, count } = believe(path);
      return { mean, sd, count };
    },
    sigma: Math.sqrt(sigma2),
    segments: [...nodes.values()]
      .filter(({ path }) => path.length === depth)
      .map(({ path }) => path),
  };
}

interface Node {
  readonly path: readonly string[];
  count: number;
  sum: number;
  squares: number;
}

const keyOf = (path: readonly string[]): string => JSON.stringify(path);

function collect(memories: readonly CampaignMemory[]): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const { path, roi } of memories) {
    const y = logReturn(roi);
    for (let length = 0; length <= path.length; length += 1) {
      const key = keyOf(path.slice(0, length));
      const node = nodes.get(key) ?? { path: path.slice(0, length), count: 0, sum: 0, squares: 0 };
      node.count += 1;
      node.sum += y;
      node.squares += y * y;
      nodes.set(key, node);
    }
  }
  return nodes;
}

function rootBelief(root: Node | undefined, sigma2: number) {
  const count = root?.count ?? 0;
  const variance = sigma2 / Math.max(1, count);
  return { mean: root ? root.sum / count : 0, sd: Math.sqrt(variance), variance, count };
}

/** Pooled variance of campaigns within their full path. */
function spreadWithin(nodes: ReadonlyMap<string, Node>, depth: number): number {
  let squares = 0;
  let freedom = 0;
  for (const { path, count, sum, squares: own } of nodes.values()) {
    if (path.length !== depth) continue;
    squares += own - (sum * sum) / count;
    freedom += count - 1;
  }
  return freedom > 0 ? Math.max(MIN_VARIANCE, squares / freedom) : 1;
}

/** Variance of a level's true means around their parents: what is seen less what chance alone gives. */
function spreadBetween(nodes: ReadonlyMap<string, Node>, level: number, sigma2: number): number {
  let squares = 0;
  let chance = 0;
  let freedom = 0;
  for (const { path, count, sum } of nodes.values()) {
    if (path.length !== level || level === 0) continue;
    const parent = nodes.get(keyOf(path.slice(0, -1)));
    if (!parent || parent.count === count) continue;
    squares += count * (sum / count - parent.sum / parent.count) ** 2;
    chance += sigma2 * (1 - count / parent.count);
    freedom += count * (1 - count / parent.count);
  }
  return freedom > 0 ? Math.max(MIN_VARIANCE, (squares - chance) / freedom) : MIN_VARIANCE;
}
