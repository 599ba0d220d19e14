import { keywordTerms, trigrams } from './keyword-terms.ts';
import type { Keyword } from './keyword.ts';
import { lshCandidates } from './min-hash.ts';

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
  const vectors = vectorize(keywords.map(({ text }) => trigrams(keywordTerms(text))));
  const candidates = lshCandidates(vectors.map(({ features }) => features));
  const free = new Set(keywords.keys());
  const order = [...keywords.keys()].toSorted(
    (a, b) => (keywords[b]?.volume ?? 0) - (keywords[a]?.volume ?? 0) || a - b,
  );

  const clusters: Cluster[] = [];
  for (const seed of order) {
    if (!free.delete(seed)) continue;
    const close = candidates(seed).filter(
      (other) => free.has(other) && cosine(vectors[seed], vectors[other]) >= threshold,
    );
    for (const other of close) free.delete(other);
    clusters.push({ seed, members: [seed, ...close] });
  }
  return clusters;
}

interface Vector {
  /** Feature ids in ascending order. */
  readonly features: Uint32Array;
  readonly weights: Float64Array;
}

/** TF-IDF vectors of unit length; each feature counts once per text. */
function vectorize(texts: readonly (readonly string[])[]): Vector[] {
  const ids = new Map<string, number>();
  const frequency: number[] = [];
  const rows = texts.map((features) =>
    Uint32Array.from(features, (feature) => {
      const id = ids.get(feature) ?? ids.size;
      ids.set(feature, id);
      frequency[id] = (frequency[id] ?? 0) + 1;
      return id;
    }).toSorted(),
  );
  return rows.map((features) => {
    const raw = Float64Array.from(features, (id) =>
      Math.log(1 + texts.length / (frequency[id] ?? 1)),
    );
    const norm = Math.hypot(...raw);
    return { features, weights: raw.map((weight) => weight / (norm || 1)) };
  });
}

/** Dot product of two unit vectors, by merging their sorted features. */
function cosine(a: Vector | undefined, b: Vector | undefined): number {
  if (!a || !b) return 0;
  let sum = 0;
  let i = 0;
  let j = 0;
  while (i < a.features.length && j < b.features.length) {
    const left = a.features[i] ?? 0;
    const right = b.features[j] ?? 0;
    if (left === right) sum += (a.weights[i] ?? 0) * (b.weights[j] ?? 0);
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return sum;
}
