import type { Tables } from '@millrace/workflow/node-api';
import { behindGate } from '../gates/behind-gate.ts';
import { isMuted } from '../handoff/handoffs.ts';
import {
  outreachMessages,
  outreachThreads,
  suppressions,
  type OutreachThread,
} from '../tables/outreach.ts';
import { heldUpBy, type Cap } from './caps.ts';
import { addressIn } from './compose.ts';
import type { OutgoingMail } from './mailers/mailer.ts';

export interface ReservationRequest {
  readonly thread: OutreachThread;
  readonly mail: OutgoingMail;
  readonly caps: readonly Cap[];
  /** The run that asks. */
  readonly holder: string;
  readonly now: number;
}

export type Reservation =
  | { readonly kind: 'reserved'; readonly attempts: number }
  | { readonly kind: 'delayed'; readonly until: number; readonly reason: string }
  | { readonly kind: 'suppressed'; readonly reason: 'unsubscribed' | 'bounced' }
  /** A person talks with the contact. */
  | { readonly kind: 'muted'; readonly until: number }
  /** Somebody else sends it, or the thread is not what it was. */
  | { readonly kind: 'taken' };

/** A contact whom a person talks with is looked at again after a day. */
const LOOK_AGAIN_MS = 86_400_000;

/**
 * Writes down that a mail is about to be sent, unless it must not be. Counting and writing are one
 * step for all processes, so a cap is never exceeded and no mail is reserved twice.
 */
export function reserve(tables: Tables, request: ReservationRequest): Promise<Reservation> {
  return behindGate(tables, { name: 'outreach', now: request.now }, (inside) =>
    reserveInside(inside, request),
  );
}

async function reserveInside(
  tables: Tables,
  { thread, mail, caps, holder, now }: ReservationRequest,
): Promise<Reservation> {
  const threads = tables.open(outreachThreads);
  const messages = tables.open(outreachMessages);
  const current = await threads.findOne({ id: thread.id });
  if (current?.state !== thread.state || current.step !== thread.step) return { kind: 'taken' };

  const suppressed = await tables.open(suppressions).findOne({ email: thread.email });
  if (suppressed) {
    const reason = suppressed.reason === 'bounced' ? 'bounced' : 'unsubscribed';
    await threads.update({ id: thread.id }, { state: reason, dueAt: null });
    return { kind: 'suppressed', reason };
  }

  if (await isMuted(tables, thread.email)) {
    const until = now + LOOK_AGAIN_MS;
    await threads.update({ id: thread.id }, { dueAt: until });
    return { kind: 'muted', until };
  }

  const { messageId } = mail;
  const earlier = await messages.findOne({ messageId });
  if (earlier && earlier.state !== 'failed') return { kind: 'taken' };

  const counted = {
    mailbox: addressIn(mail.from),
    email: thread.email,
    domain: thread.email.split('@')[1] ?? '',
    campaign: thread.campaign,
  };
  const held = await heldUpBy(tables, counted, { caps, now });
  if (held) {
    const { scope, most, days } = held.cap;
    const reason = `No more than ${most} in ${days} days (${scope})`;
    if (held.until !== Infinity) await threads.update({ id: thread.id }, { dueAt: held.until });
    return { kind: 'delayed', until: held.until, reason };
  }

  const attempts = (earlier?.attempts ?? 0) + 1;
  const row = { ...counted, holder, attempts, state: 'reserved', at: now } as const;
  if (earlier) await messages.update({ messageId }, { ...row, error: null });
  else
    await messages.insert({
      ...row,
      threadId: thread.id,
      direction: 'out',
      step: thread.step,
      messageId,
      subject: mail.subject,
      text: mail.text,
      inReplyTo: mail.earlier.at(-1) ?? null,
    });
  return { kind: 'reserved', attempts };
}
