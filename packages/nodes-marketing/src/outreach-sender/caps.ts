import type { Tables, Where } from '@millrace/workflow/node-api';
import { outreachMessages } from '../tables/outreach.ts';

export const CAP_SCOPES = ['mailbox', 'domain', 'contact', 'campaign', 'all'] as const;

/** At most so many mails in so many days. 0 lets none through; without a cap all go through. */
export interface Cap {
  readonly scope: (typeof CAP_SCOPES)[number];
  readonly most: number;
  readonly days: number;
}

/** What a mail is counted under. */
export interface Counted {
  readonly mailbox: string;
  readonly email: string;
  readonly domain: string;
  readonly campaign: string;
}

const DAY_MS = 86_400_000;

/**
 * When a cap lets the next mail through.
 *
 * @param times - Of the mails in the window (now - days, now], the oldest first.
 * @returns `now` when one is free, `Infinity` when the cap is 0.
 */
export function freeAt(times: readonly number[], { most, days }: Cap, now: number): number {
  if (times.length < most) return now;
  const leaves = most > 0 ? times[times.length - most] : undefined;
  return leaves === undefined ? Infinity : leaves + days * DAY_MS;
}

/**
 * The cap that holds a mail up longest. What is under way or may have gone out counts too. True only
 * until somebody else sends: ask behind the gate.
 */
export async function heldUpBy(
  tables: Tables,
  counted: Counted,
  { caps, now }: { readonly caps: readonly Cap[]; readonly now: number },
): Promise<{ readonly cap: Cap; readonly until: number } | undefined> {
  const held = await Promise.all(
    caps.map(async (cap) => {
      const rows = await tables.open(outreachMessages).find({
        where: {
          direction: 'out',
          state: { in: ['reserved', 'sent', 'unknown'] },
          at: { gt: now - cap.days * DAY_MS },
          ...sameScope(cap, counted),
        },
        columns: ['at'],
        orderBy: { at: 'asc' },
      });
      const until = freeAt(
        rows.map(({ at }) => at),
        cap,
        now,
      );
      return { cap, until };
    }),
  );
  return held.filter(({ until }) => until > now).toSorted((a, b) => b.until - a.until)[0];
}

function sameScope({ scope }: Cap, counted: Counted): Where<typeof outreachMessages> {
  switch (scope) {
    case 'mailbox':
      return { mailbox: counted.mailbox };
    case 'domain':
      return { domain: counted.domain };
    case 'contact':
      return { email: counted.email };
    case 'campaign':
      return { campaign: counted.campaign };
    case 'all':
      return {};
    default:
      return scope satisfies never;
  }
}
