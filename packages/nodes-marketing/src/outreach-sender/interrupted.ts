import type { Tables } from '@millrace/workflow/node-api';
import { outreachMessages, outreachThreads } from '../tables/outreach.ts';
import type { Mailer } from './mailers/mailer.ts';
import { advance } from './settle.ts';

/** A mail that is on its way for so long is not any more: whoever sent it is gone. */
const GONE_MS = 10 * 60_000;
const REASON = 'the process ended while it was being sent';

interface Sweep {
  readonly mailbox: string;
  /** This run: what it reserved before it began was reserved by an attempt that was cut off. */
  readonly holder: string;
  readonly now: number;
}

/**
 * Mails that were cut off between reservation and answer become `unknown`: nobody can say whether they
 * went out, so they are never sent again. Where the service can be asked, it is, and what it has sent
 * goes on as sent; the rest waits for a person, or for an answer of the contact.
 */
export async function settleInterrupted(
  tables: Tables,
  mailer: Mailer,
  { mailbox, holder, now }: Sweep,
): Promise<void> {
  await tables.transaction(async (inside) => {
    const messages = inside.open(outreachMessages);
    const cutOff = await messages.find({
      where: {
        direction: 'out',
        mailbox,
        state: 'reserved',
        or: [{ holder }, { at: { lte: now - GONE_MS } }],
      },
      columns: ['id', 'threadId'],
    });
    for (const { id, threadId } of cutOff) {
      await messages.update({ id, state: 'reserved' }, { state: 'unknown', error: REASON });
      await inside
        .open(outreachThreads)
        .update(
          { id: threadId, state: { in: ['queued', 'waiting'] } },
          { state: 'paused', outcome: `Unknown whether it was sent: ${REASON}` },
        );
    }
  });
  if (mailer.hasSent) await askAfter(tables, mailer.hasSent, { mailbox, now });
}

async function askAfter(
  tables: Tables,
  hasSent: NonNullable<Mailer['hasSent']>,
  { mailbox, now }: Pick<Sweep, 'mailbox' | 'now'>,
): Promise<void> {
  const open = await tables.open(outreachMessages).find({
    where: { direction: 'out', mailbox, state: 'unknown' },
    columns: ['threadId', 'messageId'],
    limit: 50,
  });
  for (const { threadId, messageId } of open)
    if (await hasSent(messageId)) await confirmSent(tables, { threadId, messageId, now });
}

/** What was unknown turns out to have been sent. */
export async function confirmSent(
  tables: Tables,
  sent: { readonly threadId: string; readonly messageId: string; readonly now: number },
): Promise<void> {
  const { threadId, messageId, now } = sent;
  await tables.transaction(async (inside) => {
    const confirmed = await inside
      .open(outreachMessages)
      .update({ messageId, state: 'unknown' }, { state: 'sent', error: null });
    const thread = await inside.open(outreachThreads).findOne({ id: threadId });
    if (confirmed === 1 && thread) await advance(inside, thread, now);
  });
}
