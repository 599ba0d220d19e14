/** Room at the edges for the line's own width. */
const INSET = 1.5;

/**
 * A small line through values, as an SVG path. A value that is not known (null) breaks the line.
 *
 * @returns Also where the last known value stands; undefined when none is known.
 */
export function sparkPath(values: readonly (number | null)[], width: number, height: number) {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const at = (value: number, index: number) => ({
    x: INSET + (index / Math.max(1, values.length - 1)) * (width - 2 * INSET),
    y: span === 0 ? height / 2 : height - INSET - ((value - low) / span) * (height - 2 * INSET),
  });

  let path = '';
  let end: { readonly x: number; readonly y: number } | undefined;
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const point = at(value, index);
    const isJoined = index > 0 && values[index - 1] !== null;
    path += `${isJoined ? 'L' : 'M'}${round(point.x)} ${round(point.y)}`;
    end = point;
  }
  return { path, end };
}

const round = (value: number) => Math.round(value * 10) / 10;
