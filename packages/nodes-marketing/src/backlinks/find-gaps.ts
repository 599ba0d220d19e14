import { findLinkGaps, type LinkGap } from '../stats/links/link-gap.ts';
import type { LinkJudge } from './judge-links.ts';
import type { Link } from './link.ts';

export interface GapOptions {
  readonly own: ReadonlySet<string>;
  /** Empty: every linked site that is not our own counts as a competitor. */
  readonly rivals: ReadonlySet<string>;
  readonly judge: LinkJudge;
  readonly minCompetitors?: number;
}

/** Collects links as they come and then tells the gap; keeps the domains only. */
export interface GapFinder {
  add(link: Link): void;
  find(): LinkGap[];
}

/** Sites that link to competitors and not to us (marketing.md A19); links that were lost do not count. */
export function createGapFinder({ own, rivals, judge, minCompetitors = 2 }: GapOptions): GapFinder {
  const intoOwn = new Set<string>(own);
  const intoRivals = new Map<string, Set<string>>();
  for (const rival of rivals) intoRivals.set(rival, new Set());

  return {
    add({ fromDomain, toDomain, lostAt }) {
      if (lostAt !== null || fromDomain === toDomain) return;
      if (own.has(toDomain)) intoOwn.add(fromDomain);
      else if (rivals.size === 0 || rivals.has(toDomain)) {
        const linking = intoRivals.get(toDomain);
        if (linking) linking.add(fromDomain);
        else intoRivals.set(toDomain, new Set([fromDomain]));
      }
    },
    find: () =>
      findLinkGaps(intoOwn, intoRivals, {
        minCompetitors,
        authority: judge.standing,
        topical: judge.topical,
      }),
  };
}
