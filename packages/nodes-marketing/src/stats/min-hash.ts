const BANDS = 20;
const ROWS = 5;

/**
 * Candidate pairs by locality-sensitive hashing: sets that agree in one of 20 bands of 5 min-hashes,
 * which is likely from a Jaccard similarity of about (1/20)^(1/5) = .55 on.
 *
 * @param sets - Integer features of each thing. Empty sets have no candidates.
 * @returns For each thing, the indexes of others that share a band, in ascending order.
 * @see Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3
 */
export function lshCandidates(sets: readonly Uint32Array[]): (index: number) => number[] {
  const buckets: Map<string, number[]>[] = Array.from({ length: BANDS }, () => new Map());
  const keys = sets.map((set) => (set.length === 0 ? [] : bandKeys(set)));
  keys.forEach((own, index) =>
    own.forEach((key, band) => {
      const bucket = buckets[band]?.get(key);
      if (bucket) bucket.push(index);
      else buckets[band]?.set(key, [index]);
    }),
  );

  return (index) => {
    const found = new Set<number>();
    keys[index]?.forEach((key, band) => {
      for (const other of buckets[band]?.get(key) ?? []) if (other !== index) found.add(other);
    });
    return [...found].toSorted((a, b) => a - b);
  };
}

function bandKeys(set: Uint32Array): string[] {
  return Array.from({ length: BANDS }, (_, band) =>
    Array.from({ length: ROWS }, (_row, row) => smallest(set, band * ROWS + row)).join(' '),
  );
}

/** The least hash of the set under the n-th hash function. */
function smallest(set: Uint32Array, n: number): number {
  let least = 0xffffffff;
  for (const feature of set) {
    const hash = mix(feature ^ Math.imul(n + 1, 0x9e3779b1));
    if (hash < least) least = hash;
  }
  return least;
}

/** MurmurHash3's finaliser: every input bit changes about half of the output bits. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
