import type { Tables } from '@millrace/workflow/node-api';
import { conflicts, leases, type Programme } from '../tables/programmes.ts';
import type { ProgrammeContext } from './programme.ts';
import { RunTakenError } from './run-taken.error.ts';

interface Claim {
  readonly programme: Programme;
  /** Who works on the run. The same one may take it again: it was cut off and goes on. */
  readonly holder: string;
  readonly priority: number;
}

/** A run whose holder has not been heard of for so long is free. */
const CLAIM_MS = 90_000;
const RENEW_MS = 20_000;

/**
 * Does work on the run of a programme while nobody else does: one job or one node at a time.
 *
 * @param work - Is given a signal that is aborted too when the claim was lost.
 * @throws {RunTakenError} when another works on it, or took it over meanwhile.
 */
export async function withRun<Result>(
  { tables, logger, signal, now }: Pick<ProgrammeContext, 'tables' | 'logger' | 'signal' | 'now'>,
  claim: Claim,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const fence = await take(tables, claim, now());
  const own = { resource: resourceOf(claim), fence };
  const lost = new AbortController();
  const renew = async () => {
    const renewed = await tables.open(leases).update(own, { expiresAt: now() + CLAIM_MS });
    if (renewed === 0) lost.abort(new RunTakenError(claim.programme, 'somebody else by now'));
  };
  const held: { renewing: Promise<void> } = { renewing: Promise.resolve() };
  const timer = setInterval(() => {
    held.renewing = renew().catch((error: unknown) =>
      logger.warn('The claim of a run was not renewed', { error: String(error) }),
    );
  }, RENEW_MS);
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(timer);
    await held.renewing;
    await tables.open(leases).remove(own);
  }
}

const resourceOf = ({ programme }: Claim): string => `run:${programme}`;

/** Takes a run that is free, was left behind or is the holder's own; gives its fence. */
async function take(tables: Tables, claim: Claim, now: number): Promise<number> {
  const store = tables.open(leases);
  const resource = resourceOf(claim);
  const row = { resource, ...claim, isExecuting: true, expiresAt: now + CLAIM_MS };
  if ((await store.insertMany([{ ...row, fence: 1 }], { onConflict: 'skip' })) === 1) return 1;
  const present = await store.findOne({ resource });
  // It was given back between the two looks.
  if (!present) return take(tables, claim, now);
  if (present.holder === claim.holder || present.expiresAt <= now) {
    const fence = present.fence + 1;
    if ((await store.update({ resource, fence: present.fence }, { ...row, fence })) === 1)
      return fence;
  }
  await tables.open(conflicts).insert({
    resource,
    winner: present.holder,
    loser: claim.holder,
    reason: 'it is being worked on',
  });
  throw new RunTakenError(claim.programme, present.holder);
}
