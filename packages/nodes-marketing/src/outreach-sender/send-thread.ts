import { randomBytes } from 'node:crypto';
import type { Tables } from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { outreachMessages, outreachThreads, type OutreachThread } from '../tables/outreach.ts';
import type { Cap } from './caps.ts';
import { compose, type Letterhead } from './compose.ts';
import type { Mailer, OutgoingMail } from './mailers/mailer.ts';
import { reserve } from './reserve.ts';
import { nextOpen, type SendingWindow } from './sending-window.ts';
import { followUpsOf, settle } from './settle.ts';

/** What every thread of a run is sent with. */
export interface Sending {
  readonly tables: Tables;
  readonly mailer: Mailer;
  readonly head: Letterhead;
  readonly window: SendingWindow;
  /** Where contacts are taken to be whose zone nobody knows. */
  readonly zone: string;
  readonly caps: readonly Cap[];
  readonly holder: string;
  now(): number;
}

/** What became of a thread that was due. */
export interface SendOutcome {
  readonly state:
    | 'sent'
    | 'delayed'
    | 'notDue'
    | 'muted'
    | 'unsubscribed'
    | 'bounced'
    | 'unknown'
    | 'failed'
    | 'paused'
    | 'ended';
  readonly messageId?: string;
  readonly reason?: string;
  /** When it is tried again, ms since the epoch. */
  readonly until?: number;
  /** Nothing more goes out from this mailbox now. */
  readonly isMailboxDown?: true;
}

/** Sends the mail of a thread that is due, or says why not. A mail goes out once at the most. */
export async function sendThread(sending: Sending, thread: OutreachThread): Promise<SendOutcome> {
  const { tables, head } = sending;
  const now = sending.now();
  if (!isDue(thread, now)) return { state: 'notDue', reason: `The thread is ${thread.state}` };
  const body = thread.step === 0 ? thread.body : followUpsOf(thread)[thread.step - 1]?.body;
  if (body === undefined) return end(tables, thread, 'No answer');
  if (thread.deadlineAt !== null && thread.deadlineAt <= now)
    return end(tables, thread, 'Its deadline is over');
  try {
    const until = nextOpen(sending.window, thread.zone ?? sending.zone, now);
    if (until === undefined) return { state: 'delayed', reason: 'The sending window never opens' };
    if (until > now) return await delay(tables, thread, until);
    const token = thread.token ?? (await giveToken(tables, thread));
    const earlier = await earlierMails(tables, thread);
    return await sendMail(sending, thread, compose({ thread, token, body, earlier }, head));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    await tables
      .open(outreachThreads)
      .update({ id: thread.id, step: thread.step }, { state: 'paused', outcome: error.message });
    return { state: 'paused', reason: error.message };
  }
}

async function sendMail(
  { tables, mailer, caps, holder, now }: Sending,
  thread: OutreachThread,
  mail: OutgoingMail,
): Promise<SendOutcome> {
  const reservation = await reserve(tables, { thread, mail, caps, holder, now: now() });
  const { messageId } = mail;
  switch (reservation.kind) {
    case 'taken':
      return { state: 'notDue', reason: 'Somebody else is sending it, or has changed the thread' };
    case 'suppressed':
      return { state: reservation.reason, reason: 'The contact is on the suppression list' };
    case 'muted':
      return {
        state: 'muted',
        reason: 'A person talks with this contact: bots are silent until the talk is closed',
        until: reservation.until,
      };
    case 'delayed': {
      const { until, reason } = reservation;
      return { state: 'delayed', reason, ...(until !== Infinity && { until }) };
    }
    case 'reserved': {
      const delivery = await mailer.send(mail);
      const { attempts } = reservation;
      await settle(tables, { thread, messageId, attempts, now: now() }, delivery);
      if (delivery.kind !== 'refused') {
        const reason = delivery.kind === 'unknown' ? { reason: delivery.reason } : {};
        return { state: delivery.kind, messageId, ...reason };
      }
      const { because, reason } = delivery;
      return {
        state: because === 'contact' ? 'bounced' : 'failed',
        reason,
        ...(because === 'mailbox' && { isMailboxDown: true }),
      };
    }
    default:
      return reservation satisfies never;
  }
}

const isDue = ({ state, dueAt }: OutreachThread, now: number): boolean =>
  state === 'queued'
    ? dueAt === null || dueAt <= now
    : state === 'waiting' && dueAt !== null && dueAt <= now;

async function end(
  tables: Tables,
  { id, step }: OutreachThread,
  outcome: string,
): Promise<SendOutcome> {
  await tables.open(outreachThreads).update({ id, step }, { state: 'ended', dueAt: null, outcome });
  return { state: 'ended', reason: outcome };
}

async function delay(
  tables: Tables,
  { id, step }: OutreachThread,
  until: number,
): Promise<SendOutcome> {
  await tables.open(outreachThreads).update({ id, step }, { dueAt: until });
  return { state: 'delayed', until, reason: 'Outside the sending window of the contact' };
}

/** The token a thread keeps; of two who make one, the first is right. */
async function giveToken(tables: Tables, { id }: OutreachThread): Promise<string> {
  const threads = tables.open(outreachThreads);
  await threads.update({ id, token: null }, { token: randomBytes(12).toString('hex') });
  return (await threads.findOne({ id }))?.token ?? '';
}

async function earlierMails(tables: Tables, { id, step }: OutreachThread): Promise<string[]> {
  const sent = await tables.open(outreachMessages).find({
    where: { threadId: id, direction: 'out', step: { lt: step } },
    orderBy: { step: 'asc' },
    columns: ['messageId'],
  });
  return sent.map(({ messageId }) => messageId);
}
