import type { BacklinkFacts } from '../stats/links/link-quality.ts';

/** A link somebody set. Null: not known. */
export interface Link {
  readonly fromUrl: string;
  /** Registrable domains of both ends. */
  readonly fromDomain: string;
  readonly toUrl: string;
  readonly toDomain: string;
  readonly anchor: string | null;
  readonly rel: BacklinkFacts['rel'];
  readonly placement: BacklinkFacts['placement'];
  readonly outlinks: number | null;
  /** ms since the epoch. */
  readonly firstSeen: number | null;
  readonly lostAt: number | null;
  readonly brokenSince: number | null;
}

/** What is known of a linking site. Null: not known. */
export interface Site {
  readonly name: string;
  /** On any scale that is the same for all of them. */
  readonly authority: number | null;
  readonly topical: number | null;
  readonly spam: number | null;
}
