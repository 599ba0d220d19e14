import { cosine, vectorize } from './feature-vectors.ts';
import { keywordTerms, trigrams } from './keyword-terms.ts';
import type { Keyword } from './keyword.ts';
import { indexLikeness } from './min-hash.ts';

export interface ClusterOptions {
  /** Least TF-IDF cosine of a member with its seed. */
  readonly threshold: number;
}

/** Keywords one page can serve. The seed is the one with the most volume and gives the name. */
export interface Cluster {
  readonly seed: number;
  /** Indexes into the input, the seed first. */
  readonly members: readonly number[];
}

/**
 * Groups keywords by likeness of their words: TF-IDF cosine over character 3-grams of stemmed terms.
 *
 * Greedy by volume: the strongest free keyword opens a cluster and takes what is close to *it*, so
 * chains of half-similar keywords cannot run together.
 *
 * @see marketing.md A05, level 2 (lexical)
 */
export function clusterKeywords(
  keywords: readonly Keyword[],
  { threshold }: ClusterOptions = { threshold: 0.6 },
): Cluster[] {
  const vectors = vectorize(keywords.length, (index) =>
    trigrams(keywordTerms(keywords[index]?.text ?? '')),
  );
  const alike = indexLikeness(vectors);
  const isFree = new Uint8Array(keywords.length).fill(1);
  const order = [...keywords.keys()].toSorted(
    (a, b) => (keywords[b]?.volume ?? 0) - (keywords[a]?.volume ?? 0) || a - b,
  );

  const clusters: Cluster[] = [];
  const take = (index: number) => {
    isFree[index] = 0;
    alike.remove(index);
  };
  for (const seed of order) {
    if (!isFree[seed]) continue;
    take(seed);
    const close: number[] = [];
    alike.eachCandidate(seed, (other) => {
      if (cosine(vectors, seed, other) >= threshold) close.push(other);
    });
    close.forEach(take);
    clusters.push({ seed, members: [seed, ...close.toSorted((a, b) => a - b)] });
  }
  return clusters;
}
