import type { FeatureRows } from './min-hash.ts';

/** TF-IDF vectors, features ascending in each row. */
export interface FeatureVectors extends FeatureRows {
  /** By feature: the weight it has in every row it is in. */
  readonly weights: Float64Array;
  /** By row: its length. */
  readonly lengths: Float64Array;
}

/** Takes texts one after the other and makes vectors of them. */
export interface Vectorizer {
  /** @param own - Features of the next text, without repetitions. */
  add(own: readonly string[]): void;
  /** The vectors of all texts; nothing may be added any more. */
  finish(): FeatureVectors;
}

/** What a keyword has on average; room that is not needed is never touched. */
const FEATURES_EXPECTED = 24;

/**
 * Turns texts into vectors over their distinct features; each feature counts once per text and
 * weighs ln(1 + N / number of texts that have it).
 *
 * Memory: 4 bytes a feature of a text, 12 bytes a text.
 *
 * @param expected - How many texts there will be, about.
 */
export function createVectorizer(expected: number): Vectorizer {
  const ids = new Map<string, number>();
  const frequency: number[] = [];
  let offsets = new Uint32Array(expected + 1);
  let features = new Uint32Array(expected * FEATURES_EXPECTED);
  let [texts, end] = [0, 0];

  const idOf = (feature: string): number => {
    const known = ids.get(feature);
    if (known !== undefined) return known;
    ids.set(feature, ids.size);
    return ids.size - 1;
  };

  return {
    add(own) {
      features = withRoom(features, end + own.length);
      offsets = withRoom(offsets, texts + 2);
      for (const [place, feature] of own.entries()) {
        const id = idOf(feature);
        frequency[id] = (frequency[id] ?? 0) + 1;
        features[end + place] = id;
      }
      features.subarray(end, end + own.length).sort();
      end += own.length;
      texts += 1;
      offsets[texts] = end;
    },
    finish() {
      const weights = Float64Array.from(frequency, (count) => Math.log(1 + texts / count));
      const rows = { offsets: offsets.subarray(0, texts + 1), features: features.subarray(0, end) };
      return { ...rows, weights, lengths: lengthsOf(rows, weights) };
    },
  };
}

function withRoom(list: Uint32Array<ArrayBuffer>, least: number): Uint32Array<ArrayBuffer> {
  if (least <= list.length) return list;
  const larger = new Uint32Array(Math.max(least, Math.ceil(list.length * 1.5)));
  larger.set(list);
  return larger;
}

function lengthsOf({ offsets, features }: FeatureRows, weights: Float64Array): Float64Array {
  const lengths = new Float64Array(offsets.length - 1);
  for (let row = 0; row < lengths.length; row += 1) {
    let sum = 0;
    for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at += 1)
      sum += (weights[features[at] ?? 0] ?? 0) ** 2;
    lengths[row] = Math.sqrt(sum) || 1;
  }
  return lengths;
}

/** Cosine of the angle between two rows, by merging their sorted features. */
export function cosine(
  { offsets, features, weights, lengths }: FeatureVectors,
  a: number,
  b: number,
): number {
  let [i, j] = [offsets[a] ?? 0, offsets[b] ?? 0];
  const [endOfA, endOfB] = [offsets[a + 1] ?? 0, offsets[b + 1] ?? 0];
  let sum = 0;
  while (i < endOfA && j < endOfB) {
    const left = features[i] ?? 0;
    const right = features[j] ?? 0;
    if (left === right) sum += (weights[left] ?? 0) ** 2;
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return sum / ((lengths[a] ?? 1) * (lengths[b] ?? 1));
}
