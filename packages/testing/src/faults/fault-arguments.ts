/**
 * What `npm run faults` was asked for: rows by their ids, all when none is named, and a seed.
 *
 * @returns `undefined` for a row that does not exist, or a seed that is no whole number.
 */
export function readFaultArguments(
  args: readonly string[],
  known: readonly string[],
): { seed: number; wanted: ReadonlySet<string> } | undefined {
  const seedAt = args.indexOf('--seed');
  const seed = seedAt >= 0 ? Number(args[seedAt + 1]) : Math.floor(Math.random() * 1_000_000);
  const ids = args.filter((_, at) => seedAt < 0 || (at !== seedAt && at !== seedAt + 1));
  const wanted = new Set(ids.length ? ids.map((id) => id.toUpperCase()) : known);
  const isKnown = [...wanted].every((id) => known.includes(id));
  return isKnown && Number.isInteger(seed) ? { seed, wanted } : undefined;
}
