import type { Item } from '@millrace/workflow/items';
import type { Tables } from '@millrace/workflow/node-api';
import { outreachThreads, type OutreachThread } from '../tables/outreach.ts';
import { addressIn } from './compose.ts';

export interface FollowUp {
  readonly afterDays: number;
  readonly body: string;
}

/** One mail as the node's parameters give it for an item. */
export interface AskedMail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly name: string;
  readonly zone: string;
  readonly campaign: string;
  readonly followUps: readonly FollowUp[];
}

/** Threads whose next mail is due, the longest due first. */
export const dueThreads = (
  tables: Tables,
  {
    campaign,
    limit,
    now,
  }: { readonly campaign: string; readonly limit: number; readonly now: number },
): Promise<OutreachThread[]> =>
  tables.open(outreachThreads).find({
    where: {
      ...(campaign !== '' && { campaign }),
      or: [
        { state: 'queued', dueAt: null },
        { state: { in: ['queued', 'waiting'] }, dueAt: { lte: now } },
      ],
    },
    orderBy: { dueAt: 'asc', id: 'asc' },
    limit,
  });

/**
 * The thread of an item: a new one, or the one this campaign has with the address already. Fields of
 * the item are variables of its texts.
 *
 * @throws {InputError} for something that is no address.
 */
export async function threadOfItem(
  tables: Tables,
  { json }: Item,
  asked: AskedMail,
): Promise<OutreachThread> {
  const email = addressIn(asked.to);
  const { campaign, subject, body, name, zone, followUps } = asked;
  const threads = tables.open(outreachThreads);
  const row = { campaign, email, subject, body, followUps, variables: variablesOf(json) };
  await threads.insertMany(
    [{ ...row, name: name || null, zone: zone || null, maxFollowUps: followUps.length }],
    { onConflict: 'skip' },
  );
  const thread = await threads.findOne({ campaign, email });
  if (!thread) throw new Error(`The thread of "${email}" was removed while it was made`);
  return thread;
}

const variablesOf = (json: Item['json']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(json).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[key, String(value)]]
        : [],
    ),
  );
