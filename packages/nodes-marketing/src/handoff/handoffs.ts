import { NotFoundError } from '@millrace/workflow/errors';
import type { Tables } from '@millrace/workflow/node-api';
import { MarketingConflictError } from '../routes/conflict.error.ts';
import {
  agents,
  handoffs,
  type HandoffContext,
  type HandoffEvent,
  type HandoffRow,
} from '../tables/handoffs.ts';
import { freeAgents, letGo, takeOn } from './agents.ts';
import { joinContexts } from './handoff-context.ts';

/** A wish that somebody takes over a talk. */
export interface HandoffRequest {
  /** The same for every try of the same wish: it is made once. */
  readonly id: string;
  readonly contact: string;
  readonly channel: string;
  readonly wanted: HandoffRow['wanted'];
  readonly skills: readonly string[];
  readonly context: HandoffContext;
  readonly reason: string | null;
  readonly answerBy: number | null;
  /** The execution that waits, if one does. */
  readonly waiting?: {
    readonly executionId: string;
    readonly node: string;
    readonly for: 'claimed' | 'closed';
  };
}

/** Queues a talk with everything known of the contact, also from other channels. */
export async function requestHandoff(
  tables: Tables,
  request: HandoffRequest,
  now: number,
): Promise<HandoffRow> {
  const { waiting, ...asked } = request;
  const given = { ...asked, contact: contactKey(asked.contact) };
  return tables.transaction(async (inside) => {
    const store = inside.open(handoffs);
    const present = await store.findOne({ id: request.id });
    if (present) return present;
    const [last] = await store.find({
      where: { contact: given.contact },
      orderBy: { requestedAt: 'desc' },
      limit: 1,
    });
    const [free] = await freeAgents(inside, request, now);
    return store.insert({
      ...given,
      context: joinContexts(last?.context, request.context),
      offeredTo: free?.id ?? null,
      requestedAt: now,
      history: [{ at: now, what: 'requested', by: null, reason: request.reason }],
      ...(waiting && {
        executionId: waiting.executionId,
        nodeName: waiting.node,
        waitsFor: waiting.for,
      }),
    });
  });
}

/** Which handoff, as the caller saw it. */
export interface SeenHandoff {
  readonly id: string;
  readonly version: number;
}

/**
 * Takes a talk: of two who try at the same time one gets it. From then on, in the same write, bots
 * are mute for this contact when it was a person. Claiming what one holds already changes nothing.
 */
export async function claimHandoff(
  tables: Tables,
  seen: SeenHandoff,
  { agentId, now }: { readonly agentId: string; readonly now: number },
): Promise<HandoffRow> {
  return tables.transaction(async (inside) => {
    const row = await find(inside, seen.id);
    const isHeld = row.state === 'human' || row.state === 'ai';
    if (isHeld && row.agentId === agentId) return row;
    const agent = await inside.open(agents).findOne({ id: agentId });
    if (
      row.state === 'queued' &&
      row.version === seen.version &&
      !(await takeOn(inside, agentId, now))
    )
      throw new MarketingConflictError(
        `${agent?.name ?? agentId} has as many talks as they can take`,
        'Close or release one first, or raise the capacity',
      );
    return change(inside, row, {
      seen,
      from: ['queued'],
      values: { state: agent?.kind === 'ai' ? 'ai' : 'human', agentId, claimedAt: now },
      event: { at: now, what: 'claimed', by: agentId, reason: null },
    });
  });
}

/** Gives a talk back to the queue, with the reason. */
export async function releaseHandoff(
  tables: Tables,
  seen: SeenHandoff,
  { by, reason, now }: { readonly by: string; readonly reason: string; readonly now: number },
): Promise<HandoffRow> {
  return tables.transaction(async (inside) => {
    const row = await find(inside, seen.id);
    const changed = await change(inside, row, {
      seen,
      from: ['human', 'ai'],
      values: { state: 'queued', agentId: null, claimedAt: null, reason },
      event: { at: now, what: 'released', by, reason },
    });
    await letGo(inside, row.agentId);
    return changed;
  });
}

/** Ends a talk. What was agreed, and what was learned of the contact, stays for the next. */
export async function closeHandoff(
  tables: Tables,
  seen: SeenHandoff,
  {
    by,
    outcome,
    context,
    now,
  }: {
    readonly by: string;
    readonly outcome: string | null;
    readonly context?: HandoffContext;
    readonly now: number;
  },
): Promise<HandoffRow> {
  return tables.transaction(async (inside) => {
    const row = await find(inside, seen.id);
    const changed = await change(inside, row, {
      seen,
      from: ['queued', 'human', 'ai'],
      values: {
        state: 'closed',
        closedAt: now,
        outcome,
        ...(context && { context: joinContexts(row.context, context) }),
      },
      event: { at: now, what: 'closed', by, reason: outcome },
    });
    await letGo(inside, row.agentId);
    return changed;
  });
}

/** True while a person holds a talk with this contact: bots have to be silent. */
export async function isMuted(tables: Tables, contact: string): Promise<boolean> {
  const held = { contact: contactKey(contact), state: 'human' as const };
  return (await tables.open(handoffs).count(held)) > 0;
}

/** One contact, however the address is written. */
function contactKey(contact: string): string {
  const bare = contact.trim();
  return bare.includes('@') ? bare.toLowerCase() : bare;
}

async function find(tables: Tables, id: string): Promise<HandoffRow> {
  const row = await tables.open(handoffs).findOne({ id });
  if (!row) throw new NotFoundError('handoff', id);
  return row;
}

/** Compare and set: writes only what is still as the caller saw it. */
async function change(
  tables: Tables,
  row: HandoffRow,
  {
    seen,
    from,
    values,
    event,
  }: {
    readonly seen: SeenHandoff;
    readonly from: readonly HandoffRow['state'][];
    readonly values: Partial<HandoffRow>;
    readonly event: HandoffEvent;
  },
): Promise<HandoffRow> {
  const version = seen.version + 1;
  const history = [...(row.history ?? []), event];
  const changed = await tables
    .open(handoffs)
    .update(
      { id: row.id, version: seen.version, state: { in: from } },
      { ...values, version, history },
    );
  if (changed === 0)
    throw new MarketingConflictError(
      `The handoff is ${row.state} by ${row.agentId ?? 'nobody'} in version ${row.version}, not ${from.join(' or ')} in version ${seen.version}`,
      'Read it again and decide anew',
    );
  return { ...row, ...values, version, history };
}
