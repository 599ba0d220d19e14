import { linkQuality, type LinkQuality } from '../stats/links/link-quality.ts';
import type { Link, Site } from './link.ts';

/** Taken for what is not known of a site or page: neither praise nor blame. */
const UNKNOWN = { place: 0.5, topical: 0.5, spam: 0.2, outlinks: 30 } as const;
const SPAM_IS_TOXIC = 0.6;
const POOR = 15;

export interface LinkJudgement extends LinkQuality {
  /** From a site known for spam, or worth next to nothing in every respect. */
  readonly isToxic: boolean;
}

export interface LinkJudge {
  judge(link: Link): LinkJudgement;
  /** Share of the known sites that are weaker, 0–1. */
  standing(domain: string): number;
  topical(domain: string): number;
}

/** Judges links by what is known of the sites; authority counts by its place among all of them. */
export function createLinkJudge(sites: Iterable<Site>): LinkJudge {
  const byName = new Map<string, Site>();
  for (const site of sites) byName.set(site.name, site);
  const placeOf = placesOf([...byName.values()].flatMap(({ authority }) => authority ?? []));

  const standing = (domain: string) => {
    const authority = byName.get(domain)?.authority ?? null;
    return authority === null ? UNKNOWN.place : placeOf(authority);
  };
  const topical = (domain: string) => byName.get(domain)?.topical ?? UNKNOWN.topical;

  return {
    standing,
    topical,
    judge({ fromDomain, rel, placement, outlinks }) {
      const spam = byName.get(fromDomain)?.spam ?? UNKNOWN.spam;
      const quality = linkQuality({
        authority: standing(fromDomain),
        topical: topical(fromDomain),
        rel,
        placement,
        spam,
        outlinks: outlinks ?? UNKNOWN.outlinks,
      });
      return { ...quality, isToxic: spam >= SPAM_IS_TOXIC || quality.score < POOR };
    },
  };
}

/** Share of values below one, equal ones counted half; by binary search. */
function placesOf(values: readonly number[]): (value: number) => number {
  const sorted = Float64Array.from(values).toSorted();
  const below = (isBelow: (other: number) => boolean) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBelow(sorted[middle] ?? Infinity)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (value) => {
    if (sorted.length === 0) return UNKNOWN.place;
    const less = below((other) => other < value);
    const most = below((other) => other <= value);
    return (less + most) / (2 * sorted.length);
  };
}
