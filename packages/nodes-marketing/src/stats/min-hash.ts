/** Integer features of many things, one row after the other: row i is `features[offsets[i] … offsets[i + 1])`. */
export interface FeatureRows {
  readonly offsets: Uint32Array;
  readonly features: Uint32Array;
}

/** Things that are probably alike, found without comparing all with all. */
export interface LikenessIndex {
  /** Calls `visit` once for each other thing that shares a band with `index` and was not removed. */
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
 * Memory: about 170 bytes a thing.
 *
 * @see Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3
 */
export function indexLikeness(rows: FeatureRows): LikenessIndex {
  const count = rows.offsets.length - 1;
  const slots = slotsFor(count);
  const slotOf = bandSlots(rows, slots);
  const first = new Int32Array(BANDS * slots).fill(NONE);
  const next = new Int32Array(BANDS * count);
  for (let place = BANDS * count - 1; place >= 0; place -= 1) {
    const slot = slotOf[place] ?? NONE;
    if (slot === NONE) continue;
    const list = Math.floor(place / count) * slots + slot;
    next[place] = first[list] ?? NONE;
    first[list] = place % count;
  }
  const isRemoved = new Uint8Array(count);
  const seenBy = new Int32Array(count).fill(NONE);

  /** Walks a band's list, and drops what was removed from it on the way. */
  function walk(band: number, index: number, visit: (other: number) => void): void {
    const slot = slotOf[band * count + index] ?? NONE;
    if (slot === NONE) return;
    let before = NONE;
    let other = first[band * slots + slot] ?? NONE;
    while (other !== NONE) {
      const following = next[band * count + other] ?? NONE;
      if (isRemoved[other]) {
        if (before === NONE) first[band * slots + slot] = following;
        else next[band * count + before] = following;
      } else {
        before = other;
        if (other !== index && seenBy[other] !== index) {
          seenBy[other] = index;
          visit(other);
        }
      }
      other = following;
    }
  }

  return {
    eachCandidate(index, visit) {
      for (let band = 0; band < BANDS; band += 1) walk(band, index, visit);
    },
    remove(index) {
      isRemoved[index] = 1;
    },
  };
}

/** A power of two with about as many lists as things. */
const slotsFor = (count: number): number => 2 ** Math.ceil(Math.log2(Math.max(2, count)));

/** For each band, then each thing: the list it is in. Two keys may share one; likeness decides. */
function bandSlots({ offsets, features }: FeatureRows, slots: number): Int32Array {
  const count = offsets.length - 1;
  const slotOf = new Int32Array(BANDS * count).fill(NONE);
  for (let index = 0; index < count; index += 1) {
    const row = features.subarray(offsets[index], offsets[index + 1]);
    if (row.length === 0) continue;
    for (let band = 0; band < BANDS; band += 1) {
      let key = band;
      for (let hash = band * ROWS; hash < (band + 1) * ROWS; hash += 1)
        key = mix(Math.imul(key, 31) ^ smallest(row, hash));
      slotOf[band * count + index] = key & (slots - 1);
    }
  }
  return slotOf;
}

/** The least hash of the set under the n-th hash function. */
function smallest(set: Uint32Array, n: number): number {
  const salt = Math.imul(n + 1, 0x9e3779b1);
  let least = 0xffffffff;
  for (let place = 0; place < set.length; place += 1) {
    const hash = mix((set[place] ?? 0) ^ salt);
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
