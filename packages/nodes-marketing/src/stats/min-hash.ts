/** Integer features of many things, one row after the other: row i is `features[offsets[i] … offsets[i + 1])`. */
export interface FeatureRows {
  readonly offsets: Uint32Array;
  readonly features: Uint32Array;
}

/** Things that are probably alike, found without comparing all with all. */
export interface LikenessIndex {
  /**
   * Calls `visit` once for each other thing that shares a band with `index` and was not removed.
   * Only for an `index` that was there until now: what was removed earlier has lost its neighbours.
   */
  eachCandidate(index: number, visit: (other: number) => void): void;
  /** Leaves a thing out from now on. */
  remove(index: number): void;
}

const BANDS = 20;
const ROWS = 5;
const NONE = -1;

/**
 * Locality-sensitive hashing: two sets are candidates when they agree in one of 20 bands of 5
 * min-hashes, which is likely from a Jaccard similarity of about (1/20)^(1/5) = .55 on. Empty sets
 * have no candidates.
 *
 * Memory: 85 bytes a thing. Those that agree in a band are a ring, each naming the next.
 *
 * @see Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3
 */
export function indexLikeness(rows: FeatureRows): LikenessIndex {
  const count = rows.offsets.length - 1;
  const rings = Array.from({ length: BANDS }, (_, band) => ringsOf(rows, band));
  const isRemoved = new Uint8Array(count);
  const seenBy = new Int32Array(count).fill(NONE);

  /** Walks a ring once, and drops what was removed from it on the way. */
  function walk(next: Int32Array, index: number, visit: (other: number) => void): void {
    let before = index;
    let other = next[index] ?? NONE;
    while (other !== index && other !== NONE) {
      const following = next[other] ?? NONE;
      if (isRemoved[other]) next[before] = following;
      else {
        before = other;
        if (seenBy[other] !== index) {
          seenBy[other] = index;
          visit(other);
        }
      }
      other = following;
    }
  }

  return {
    eachCandidate(index, visit) {
      for (const next of rings) walk(next, index, visit);
    },
    remove(index) {
      isRemoved[index] = 1;
    },
  };
}

/** For each thing the next one that is in the same list of a band; the last names the first. */
function ringsOf(rows: FeatureRows, band: number): Int32Array {
  const count = rows.offsets.length - 1;
  const slots = slotsFor(count);
  const last = new Int32Array(slots).fill(NONE);
  const next = new Int32Array(count).fill(NONE);
  for (let index = 0; index < count; index += 1) {
    if (rows.offsets[index] === rows.offsets[index + 1]) continue;
    // Two keys may share a list; likeness decides.
    const slot = bandKey(rows, index, band) & (slots - 1);
    const before = last[slot] ?? NONE;
    next[index] = before === NONE ? index : (next[before] ?? index);
    if (before !== NONE) next[before] = index;
    last[slot] = index;
  }
  return next;
}

/** A power of two with about as many lists as things. */
const slotsFor = (count: number): number => 2 ** Math.ceil(Math.log2(Math.max(2, count)));

function bandKey(rows: FeatureRows, index: number, band: number): number {
  let key = band;
  for (let hash = band * ROWS; hash < (band + 1) * ROWS; hash += 1)
    key = mix(Math.imul(key, 31) ^ smallest(rows, index, hash));
  return key;
}

/** The least hash of a row under the n-th hash function. */
function smallest({ offsets, features }: FeatureRows, index: number, n: number): number {
  const salt = Math.imul(n + 1, 0x9e3779b1);
  const end = offsets[index + 1] ?? 0;
  let least = 0xffffffff;
  for (let place = offsets[index] ?? 0; place < end; place += 1) {
    const hash = mix((features[place] ?? 0) ^ salt);
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
