import type { Tables, Row } from '@millrace/workflow/node-api';
import { behindGate } from '../gates/behind-gate.ts';
import { publications } from '../tables/content.ts';
import { QuotaError } from './quota.error.ts';

export type Publication = Row<typeof publications>;

const DAY_MS = 86_400_000;
/** Who works on a publication renews this with each step; TikTok's upload addresses live for an hour. */
const HOLD_MS = 10 * 60_000;

export interface Asked {
  /** What makes two posts the same one. */
  readonly key: string;
  readonly account: string;
  readonly mode: 'draft' | 'direct';
  readonly contentId: string | null;
  /** Posts, or drafts that wait in the app, an account may make in 24 hours. */
  readonly most: number;
  readonly holder: string;
  readonly now: number;
}

/**
 * The publication of this key: the one that is there, or a new one within the quota of the account.
 * Counting and writing are one step, so runs side by side keep to the quota and make one row.
 *
 * @throws {QuotaError} when the account has used its quota up.
 */
export function openPublication(tables: Tables, asked: Asked): Promise<Publication> {
  const { key, account, mode, contentId, most, holder, now } = asked;
  return behindGate(tables, { name: `tiktok:${account}`, now }, async (inside) => {
    const store = inside.open(publications);
    const present = await store.findOne({ key });
    if (present) return present;
    const recent = await store.find({
      where: {
        platform: 'tiktok',
        account,
        mode,
        createdAt: { gt: now - DAY_MS },
        state: { not: 'failed' },
      },
      orderBy: { createdAt: 'asc' },
      columns: ['createdAt'],
    });
    if (recent.length >= most) {
      const leaves = recent[recent.length - Math.max(most, 1)]?.createdAt ?? now;
      throw new QuotaError({ account, mode, most, freeAt: leaves + DAY_MS });
    }
    const made = { key, account, mode, contentId, platform: 'tiktok', state: 'created' } as const;
    return store.insert({ ...made, createdAt: now, holder, heldUntil: null });
  });
}

/** A publication in the hands of one run. */
export interface HeldPublication {
  /** As it was written last. */
  readonly row: Publication;
  /** Writes what was reached. @returns false when another run has taken it over: leave it alone. */
  write(values: Partial<Publication>): Promise<boolean>;
}

/**
 * Takes a publication to work on it. A run that comes back after a crash has its own at once; that of
 * another run only when it was left alone for long enough.
 */
export async function take(
  tables: Tables,
  row: Publication,
  { holder, now }: { readonly holder: string; now(): number },
): Promise<HeldPublication | undefined> {
  const store = tables.open(publications);
  const { id, fence } = row;
  const isFree = row.holder === holder || row.heldUntil === null || row.heldUntil <= now();
  const mine = fence + 1;
  const taken =
    isFree &&
    (await store.update({ id, fence }, { holder, fence: mine, heldUntil: now() + HOLD_MS })) === 1;
  if (!taken) return undefined;
  const current = { row };
  return {
    get row() {
      return current.row;
    },
    async write(values) {
      const held = { heldUntil: now() + HOLD_MS, ...values };
      if ((await store.update({ id, fence: mine }, held)) === 0) return false;
      current.row = { ...current.row, ...held };
      return true;
    },
  };
}
