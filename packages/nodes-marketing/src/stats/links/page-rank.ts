/** A link between two things known by index. Repeated links count once. */
export type Edge = readonly [from: number, to: number];

export interface PageRankOptions {
  /** Chance to follow a link rather than to jump anywhere. */
  readonly damping: number;
  /** Ends when the ranks change by less than this in sum. */
  readonly tolerance: number;
  readonly maxRounds: number;
}

const DEFAULTS: PageRankOptions = { damping: 0.85, tolerance: 1e-10, maxRounds: 200 };

/**
 * PageRank of `size` nodes by power iteration. Nodes without links out give their rank to all.
 *
 * @returns Ranks that sum to 1; empty for no nodes.
 * @see Page, Brin, Motwani, Winograd: The PageRank citation ranking, 1999
 */
export function pageRank(
  size: number,
  edges: readonly Edge[],
  given: Partial<PageRankOptions> = {},
): Float64Array {
  const { damping, tolerance, maxRounds } = { ...DEFAULTS, ...given };
  const links = [...new Set(edges.map(([from, to]) => from * size + to))];
  const degree = new Float64Array(size);
  for (const link of links) bump(degree, Math.floor(link / size), 1);

  let ranks = new Float64Array(size).fill(1 / size);
  for (let round = 0; round < maxRounds; round += 1) {
    const dangling = ranks.reduce((sum, rank, node) => (degree[node] === 0 ? sum + rank : sum), 0);
    const next = new Float64Array(size).fill((1 - damping + damping * dangling) / size);
    for (const link of links) {
      const from = Math.floor(link / size);
      bump(next, link % size, (damping * (ranks[from] ?? 0)) / (degree[from] ?? 1));
    }
    const change = next.reduce((sum, rank, node) => sum + Math.abs(rank - (ranks[node] ?? 0)), 0);
    ranks = next;
    if (change < tolerance) break;
  }
  return ranks;
}

function bump(list: Float64Array, index: number, by: number): void {
  list[index] = (list[index] ?? 0) + by;
}
