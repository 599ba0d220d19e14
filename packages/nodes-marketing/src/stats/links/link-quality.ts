/** What is known of one backlink. */
export interface BacklinkFacts {
  /** Place of the linking domain's authority among all known ones, 0–1. */
  readonly authority: number;
  /** Likeness of its subject to ours, 0–1. */
  readonly topical: number;
  readonly rel: 'follow' | 'nofollow' | 'ugc' | 'sponsored';
  readonly placement: 'content' | 'sidebar' | 'footer';
  /** 0 trusted … 1 spam. */
  readonly spam: number;
  /** Links that leave the page. */
  readonly outlinks: number;
}

const FOLLOW = { follow: 1, nofollow: 0.3, ugc: 0.2, sponsored: 0.1 } as const;
const PLACEMENT = { content: 1, sidebar: 0.4, footer: 0.2 } as const;

export interface LinkQuality {
  /** 0–100. */
  readonly score: number;
  /** Points each part gave, for people who ask why. */
  readonly parts: Readonly<
    Record<'authority' | 'topical' | 'follow' | 'placement' | 'trust' | 'dilution', number>
  >;
}

/** How much a link is worth having (marketing.md A18). */
export function linkQuality(link: BacklinkFacts): LinkQuality {
  const parts = {
    authority: 35 * link.authority,
    topical: 20 * link.topical,
    follow: 15 * FOLLOW[link.rel],
    placement: 10 * PLACEMENT[link.placement],
    trust: 10 * (1 - link.spam),
    dilution: 10 / Math.log(Math.E + Math.max(0, link.outlinks)),
  };
  return { score: Object.values(parts).reduce((sum, part) => sum + part, 0), parts };
}
