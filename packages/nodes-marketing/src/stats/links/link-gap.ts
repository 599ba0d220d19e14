/** A domain that links to competitors and not to us. */
export interface LinkGap {
  readonly domain: string;
  /** Competitors it links to. */
  readonly competitors: readonly string[];
  readonly authority: number;
  readonly topical: number;
  readonly score: number;
}

export interface LinkGapOptions {
  /** Competitors a domain must link to; 1 gives every domain that links to any. */
  readonly minCompetitors: number;
  /** Strength of a domain on any scale; 0 when unknown. */
  authority?(domain: string): number;
  /** How near its subject is to ours, 0–1; 1 when unknown. */
  topical?(domain: string): number;
}

/**
 * Who links to at least `minCompetitors` of the competitors but not to us, the best first:
 * authority · number of competitors · topical nearness, ties by name.
 *
 * @param own - Registrable domains that link to us.
 * @param rivals - For each competitor, the registrable domains that link to it.
 * @see marketing.md A19
 */
export function findLinkGaps(
  own: ReadonlySet<string>,
  rivals: ReadonlyMap<string, ReadonlySet<string>>,
  { minCompetitors, authority = () => 0, topical = () => 1 }: LinkGapOptions,
): LinkGap[] {
  const linked = new Map<string, string[]>();
  for (const [rival, domains] of rivals) {
    for (const domain of domains) {
      if (own.has(domain) || rivals.has(domain)) continue;
      const known = linked.get(domain);
      if (known) known.push(rival);
      else linked.set(domain, [rival]);
    }
  }
  return [...linked]
    .filter(([, competitors]) => competitors.length >= minCompetitors)
    .map(([domain, competitors]) => {
      const parts = { authority: authority(domain), topical: topical(domain) };
      return {
        domain,
        competitors,
        ...parts,
        score: parts.authority * competitors.length * parts.topical,
      };
    })
    .toSorted((a, b) => b.score - a.score || a.domain.localeCompare(b.domain));
}
