export type Intent = 'informational' | 'navigational' | 'commercial' | 'transactional';

/** A keyword as any export tells it. Absent means unknown, which is never the same as 0. */
export interface Keyword {
  readonly text: string;
  /** Searches a month, or impressions a month where `volumeKind` says so. */
  readonly volume?: number;
  readonly volumeKind?: 'searches' | 'impressions';
  /** Difficulty, 0–100. */
  readonly difficulty?: number;
  /** Cost per click, in the export's currency. */
  readonly cpc?: number;
  /** Mean position; absent when the site does not rank. */
  readonly position?: number;
  readonly clicks?: number;
  readonly impressions?: number;
  readonly intents?: readonly Intent[];
  readonly serpFeatures?: readonly string[];
  readonly url?: string;
  readonly source?: string;
}
