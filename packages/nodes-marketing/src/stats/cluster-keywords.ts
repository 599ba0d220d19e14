import { cosine, createVectorizer, type FeatureVectors } from './feature-vectors.ts';
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

/** The clusters of a list of keywords; what belongs together is said at {@link seedsOf}. */
export function clusterKeywords(
  keywords: readonly Keyword[],
  { threshold }: ClusterOptions = { threshold: 0.6 },
): Cluster[] {
  const vectorizer = createVectorizer(keywords.length);
  for (const { text } of keywords) vectorizer.add(keywordFeatures(text));
  const volumes = Float64Array.from(keywords, ({ volume = 0 }) => volume);
  const seeds = seedsOf(vectorizer.finish(), volumes, threshold);
  const bySeed = Map.groupBy(keywords.keys(), (index) => seeds[index] ?? index);
  return [...bySeed].map(([seed, members]) => ({
    seed,
    members: [seed, ...members.filter((member) => member !== seed)],
  }));
}

/** What keywords are compared by: the character 3-grams of their stemmed terms. */
export const keywordFeatures = (text: string): string[] => trigrams(keywordTerms(text));

/**
 * Groups keywords by likeness of their words, the TF-IDF cosine of their features, and gives each
 * the seed of its group.
 *
 * Greedy by volume: the strongest free keyword opens a cluster and takes what is close to *it*, so
 * chains of half-similar keywords cannot run together.
 *
 * @see marketing.md A05, level 2 (lexical)
 */
export function seedsOf(
  vectors: FeatureVectors,
  volumes: Float64Array,
  threshold: number,
): Int32Array {
  const alike = indexLikeness(vectors);
  const seeds = new Int32Array(volumes.length).fill(FREE);
  const order = Uint32Array.from(volumes.keys()).toSorted(
    (a, b) => (volumes[b] ?? 0) - (volumes[a] ?? 0) || a - b,
  );
  const take = (index: number, seed: number) => {
    seeds[index] = seed;
    alike.remove(index);
  };
  for (const seed of order) {
    if (seeds[seed] !== FREE) continue;
    take(seed, seed);
    const close: number[] = [];
    alike.eachCandidate(seed, (other) => {
      if (cosine(vectors, seed, other) >= threshold) close.push(other);
    });
    for (const other of close) take(other, seed);
  }
  return seeds;
}

const FREE = -1;
