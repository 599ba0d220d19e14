import type { FeatureRows } from './min-hash.ts';

/** TF-IDF vectors of unit length, features ascending in each row. */
export interface FeatureVectors extends FeatureRows {
  /** Beside `features`. */
  readonly weights: Float32Array;
}

/**
 * Turns texts into vectors over their distinct features; each feature counts once per text and
 * weighs ln(1 + N / number of texts that have it).
 *
 * @param featuresOf - Features of the n-th text, without repetitions.
 */
export function vectorize(
  count: number,
  featuresOf: (index: number) => readonly string[],
): FeatureVectors {
  const ids = new Map<string, number>();
  const frequency: number[] = [];
  const offsets = new Uint32Array(count + 1);
  let features = new Uint32Array(count * 16);
  let end = 0;
  for (let index = 0; index < count; index += 1) {
    const own = Uint32Array.from(featuresOf(index), (feature) => {
      const id = ids.get(feature) ?? ids.size;
      ids.set(feature, id);
      frequency[id] = (frequency[id] ?? 0) + 1;
      return id;
    }).toSorted();
    if (end + own.length > features.length) features = grown(features, end + own.length);
    features.set(own, end);
    end += own.length;
    offsets[index + 1] = end;
  }
  const used = features.slice(0, end);
  return { offsets, features: used, weights: weigh(offsets, used, frequency) };
}

function grown(list: Uint32Array, least: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(least, Math.ceil(list.length * 1.5)));
  larger.set(list);
  return larger;
}

function weigh(
  offsets: Uint32Array,
  features: Uint32Array,
  frequency: readonly number[],
): Float32Array {
  const texts = offsets.length - 1;
  const weights = Float32Array.from(features, (id) => Math.log(1 + texts / (frequency[id] ?? 1)));
  for (let index = 0; index < texts; index += 1) {
    const row = weights.subarray(offsets[index], offsets[index + 1]);
    const norm = Math.sqrt(row.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
    row.forEach((weight, place) => (row[place] = weight / norm));
  }
  return weights;
}

/** Dot product of two rows of unit length, by merging their sorted features. */
export function cosine(
  { offsets, features, weights }: FeatureVectors,
  a: number,
  b: number,
): number {
  let [i, j] = [offsets[a] ?? 0, offsets[b] ?? 0];
  const [endOfA, endOfB] = [offsets[a + 1] ?? 0, offsets[b + 1] ?? 0];
  let sum = 0;
  while (i < endOfA && j < endOfB) {
    const left = features[i] ?? 0;
    const right = features[j] ?? 0;
    if (left === right) sum += (weights[i] ?? 0) * (weights[j] ?? 0);
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return sum;
}
