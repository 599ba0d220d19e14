/**
 * A 24 × 24 line icon as SVG markup, in one colour: the editor tints it with that of the node's family.
 *
 * @param paths - SVG path data, drawn by us.
 */
export function icon(...paths: readonly string[]): string {
  const lines = paths.map((path) => `<path d="${path}"/>`).join('');
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" ' +
    `stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${lines}</svg>`
  );
}
