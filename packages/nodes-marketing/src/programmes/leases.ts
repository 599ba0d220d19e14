import type { Tables } from '@millrace/workflow/node-api';
import { conflicts, leases, type Programme } from '../tables/programmes.ts';

/** A claim on something two programmes must not work on at once. */
export interface Claim {
  /** `keyword:…`, `url:…`, `contact:…`, `slot:…`, `budget:…` */
  readonly resource: string;
  /** The run that claims it. */
  readonly holder: string;
  readonly programme: Programme;
  /** Higher wins, but never over one that is already executing. */
  readonly priority: number;
}

export interface Held {
  readonly resource: string;
  /** Grows with each new holder: work of an older one is out of date. */
  readonly fence: number;
}

const LEASE_MS = 30 * 60_000;

/**
 * Claims resources for a run, in the order of their names so that two runs never wait for each other.
 *
 * A free or expired resource is taken; a waiting one of lower priority is taken over; any other is
 * left to its holder. Every clash is written down with who got it and why.
 *
 * @returns What is held now; resources that are missing went to somebody else.
 */
export async function acquire(
  tables: Tables,
  claims: readonly Claim[],
  now: number,
): Promise<Held[]> {
  const held: Held[] = [];
  for (const claim of claims.toSorted((a, b) => (a.resource < b.resource ? -1 : 1))) {
    const fence = await tables.transaction((inside) => acquireOne(inside, claim, now));
    if (fence !== undefined) held.push({ resource: claim.resource, fence });
  }
  return held;
}

async function acquireOne(tables: Tables, claim: Claim, now: number): Promise<number | undefined> {
  const store = tables.open(leases);
  const present = await store.findOne({ resource: claim.resource });
  const row = { ...claim, isExecuting: false, expiresAt: now + LEASE_MS };
  if (!present) {
    const added = await store.insertMany([{ ...row, fence: 1 }], { onConflict: 'skip' });
    return added === 1 ? 1 : undefined;
  }
  if (present.holder === claim.holder) {
    const own = { resource: claim.resource, fence: present.fence };
    return (await store.update(own, { expiresAt: now + LEASE_MS })) === 1
      ? present.fence
      : undefined;
  }
  const reason = reasonToTake(present, claim, now);
  if (reason === undefined) {
    const why = present.isExecuting ? 'it is being worked on' : 'it was there first';
    await note(tables, claim.resource, {
      winner: present.holder,
      loser: claim.holder,
      reason: why,
    });
    return undefined;
  }
  const taken = await store.update(
    { resource: claim.resource, fence: present.fence },
    { ...row, fence: present.fence + 1 },
  );
  if (taken === 0) return undefined;
  if (reason !== 'expired')
    await note(tables, claim.resource, { winner: claim.holder, loser: present.holder, reason });
  return present.fence + 1;
}

function reasonToTake(
  present: { readonly priority: number; readonly isExecuting: boolean; readonly expiresAt: number },
  claim: Claim,
  now: number,
): string | undefined {
  if (present.expiresAt <= now) return 'expired';
  if (!present.isExecuting && claim.priority > present.priority)
    return 'it has the higher priority';
  return undefined;
}

async function note(
  tables: Tables,
  resource: string,
  outcome: { readonly winner: string; readonly loser: string; readonly reason: string },
): Promise<void> {
  await tables.open(conflicts).insert({ resource, ...outcome });
}

/** Says that work on it has begun: it is no longer taken over. False when it is held no more. */
export async function markExecuting(tables: Tables, { resource, fence }: Held): Promise<boolean> {
  return (await tables.open(leases).update({ resource, fence }, { isExecuting: true })) === 1;
}

/** Says that work on all a run holds has begun: none of it is taken over any more. */
export async function markAllExecuting(tables: Tables, holder: string): Promise<number> {
  return tables.open(leases).update({ holder }, { isExecuting: true });
}

/** Gives back everything a run holds. */
export async function releaseAll(tables: Tables, holder: string): Promise<number> {
  return tables.open(leases).remove({ holder });
}
