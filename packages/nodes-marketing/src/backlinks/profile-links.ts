import { mean } from '../stats/math/describe.ts';
import type { LinkJudge } from './judge-links.ts';
import type { Link } from './link.ts';

const DAY_MS = 86_400_000;
const ANCHORS_SHOWN = 10;

/** The links that lead to one site, in figures. Lost links count only as lost. */
export interface LinkProfile {
  readonly links: number;
  readonly domains: number;
  readonly newLinks: number;
  readonly lostLinks: number;
  /** Share of links that pass on their weight; null without links, like the other shares. */
  readonly followShare: number | null;
  /** Sum of the squared shares of each anchor text: 1 when all say the same, which looks bought. */
  readonly anchorConcentration: number | null;
  readonly anchors: readonly { readonly anchor: string; readonly links: number }[];
  readonly toxicLinks: number;
  readonly toxicShare: number | null;
  readonly meanQuality: number | null;
}

/** @param windowDays - New and lost links are those of so many days before `now`. */
export function profileLinks(
  links: readonly Link[],
  judge: LinkJudge,
  { now, windowDays = 30 }: { readonly now: number; readonly windowDays?: number },
): LinkProfile {
  const since = now - windowDays * DAY_MS;
  const live = links.filter(({ lostAt }) => lostAt === null);
  const judged = live.map((link) => judge.judge(link));
  const toxicLinks = judged.filter(({ isToxic }) => isToxic).length;
  const anchors = countAnchors(live);
  const share = (count: number) => (live.length === 0 ? null : count / live.length);
  return {
    links: live.length,
    domains: new Set(live.map(({ fromDomain }) => fromDomain)).size,
    newLinks: live.filter(({ firstSeen }) => firstSeen !== null && firstSeen > since).length,
    lostLinks: links.filter(({ lostAt }) => lostAt !== null && lostAt > since).length,
    followShare: share(live.filter(({ rel }) => rel === 'follow').length),
    anchorConcentration: concentration(anchors.map(([, count]) => count)),
    anchors: anchors.slice(0, ANCHORS_SHOWN).map(([anchor, count]) => ({ anchor, links: count })),
    toxicLinks,
    toxicShare: share(toxicLinks),
    meanQuality: live.length === 0 ? null : mean(judged.map(({ score }) => score)),
  };
}

/** Anchor texts with the number of links, the most frequent first; links without text are left out. */
function countAnchors(links: readonly Link[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { anchor } of links) {
    const text = anchor?.trim().toLowerCase();
    if (text) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/** Herfindahl–Hirschman index, 1/n … 1. */
function concentration(counts: readonly number[]): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total === 0 ? null : counts.reduce((sum, count) => sum + (count / total) ** 2, 0);
}
