/** The last values of a series, with their median at hand. */
export interface RollingWindow {
  readonly size: number;
  add(value: number): void;
  /** NaN while empty. */
  median(): number;
  /** Median absolute deviation from the median; NaN while empty. */
  deviation(): number;
}

/** Keeps the last `most` values in order: adding costs a search and a short copy. */
export function createWindow(most: number): RollingWindow {
  const queue: number[] = [];
  const sorted = new Float64Array(most + 1);
  let next = 0;
  let size = 0;

  function placeOf(value: number): number {
    let [low, high] = [0, size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const middleOf = (at: (index: number) => number) =>
    size === 0 ? NaN : (at((size - 1) >> 1) + at(size >> 1)) / 2;
  const median = () => middleOf((index) => sorted[index] ?? NaN);

  return {
    get size() {
      return size;
    },
    add(value) {
      if (size === most) {
        const place = placeOf(queue[next] ?? 0);
        sorted.copyWithin(place, place + 1, size);
        size -= 1;
      }
      const place = placeOf(value);
      sorted.copyWithin(place + 1, place, size);
      sorted[place] = value;
      queue[next] = value;
      next = (next + 1) % most;
      size += 1;
    },
    median,
    deviation() {
      const distances = distancesFrom(sorted.subarray(0, size), median());
      return middleOf((index) => distances[index] ?? NaN);
    },
  };
}

/** Distances from `middle` in ascending order: the two halves are in order already. */
function distancesFrom(sorted: Float64Array, middle: number): Float64Array {
  const distances = new Float64Array(sorted.length);
  let above = sorted.findIndex((value) => value >= middle);
  if (above === -1) above = sorted.length;
  let below = above - 1;
  for (let place = 0; place < sorted.length; place += 1) {
    const up = above < sorted.length ? (sorted[above] ?? 0) - middle : Infinity;
    const down = below >= 0 ? middle - (sorted[below] ?? 0) : Infinity;
    distances[place] = Math.min(up, down);
    if (up <= down) above += 1;
    else below -= 1;
  }
  return distances;
}
