/** A name for a copy that none has yet: `Orders (copy)`, `Orders (copy 2)` … */
export function freeCopyName(name: string, taken: readonly string[], word: string): string {
  const used = new Set(taken);
  for (let number = 1; ; number += 1) {
    const copy = `${name} (${number === 1 ? word : `${word} ${number}`})`;
    if (!used.has(copy)) return copy;
  }
}
