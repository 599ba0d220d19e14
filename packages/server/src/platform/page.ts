/** One page of a list, as every list answers. */
export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}

/**
 * Makes a page of `limit` rows from a query that asked for one more.
 *
 * @param keyOf - What the next page starts after: an id that rows are ordered by.
 */
export function toPage<R, T>(
  rows: readonly R[],
  limit: number,
  keyOf: (row: R) => string,
  show: (row: R) => T,
): Page<T> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map(show),
    nextCursor: rows.length > limit && last !== undefined ? keyOf(last) : null,
  };
}
