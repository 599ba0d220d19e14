import type { NewRow } from '@millrace/workflow/node-api';
import type { ProspectKind, prospects } from '../tables/links.ts';

/** A place where a link may be won, and why. */
export interface Prospect {
  readonly kind: ProspectKind;
  /** Registrable domain of the site. */
  readonly domain: string;
  /** Page the link would stand on, when it is known. */
  readonly url: string | null;
  readonly contactName: string | null;
  /** Empty while nobody is known. */
  readonly contactEmail: string;
  /** Page of ours it is to lead to. */
  readonly targetUrl: string | null;
  /** Place among all known sites, 0–1. */
  readonly authority: number;
  /** Likeness of its subject to ours, 0–1. */
  readonly topical: number;
  /** What the link would be worth, 0–100. */
  readonly value: number;
  readonly reasons: readonly string[];
  /** ms since the epoch. */
  readonly deadline: number | null;
}

/** A prospect as it is stored. */
export const toProspectRow = (
  prospect: Prospect,
  chances: { readonly replyChance: number; readonly linkChance: number; readonly score: number },
): NewRow<typeof prospects> => ({ ...prospect, ...chances });
