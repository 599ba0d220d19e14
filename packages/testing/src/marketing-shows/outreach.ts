import { eventually } from '../faults/instance-client.ts';
import type { ReceivedMail } from '../mail/index.ts';
import { answerTo, headerOf, type Answer } from './contacts.ts';
import { rowsOf } from './first-go.ts';
import type { Mailboxes } from './mailboxes.ts';
import type { Json, Shop } from './shop.ts';

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const LAST_DAY = 9;
const MUCH_LATER = 45;
const PATIENCE_S = 300;

/** What becomes of some contacts; all others stay silent. */
export interface Cast {
  /** Their server says 550. */
  readonly unknownUser: string;
  /** Their server says 451 on the first day. */
  readonly greylisted: string;
  readonly repliesAtOnce: readonly string[];
  readonly repliesLate: readonly string[];
  /** Of those who answer, who sets a link. */
  readonly linking: readonly string[];
  readonly away: string;
  readonly hardBounce: string;
  readonly softBounce: string;
  readonly asksToStop: string;
  readonly clicksToStop: string;
  readonly complains: string;
}

/** What went out, with the contact and the day of each mail. */
export interface SentMail {
  readonly to: string;
  readonly messageId: string;
  readonly day: number;
}

export interface Outreach {
  readonly cast: Cast;
  /** Talks the queue began with, without those that wait for a journalist's deadline. */
  readonly opened: number;
  readonly sent: readonly SentMail[];
  /** Per contact, the number of mails that had gone out when it was stopped. */
  readonly stoppedAfter: ReadonlyMap<string, number>;
}

/**
 * Carries the queue out over nine days, in office hours: first mails, answers, two follow-ups; and looks
 * again when everybody has had the time to answer.
 */
export async function carryOut(shop: Shop, mail: Mailboxes, start: number): Promise<Outreach> {
  const { smtp, imap } = mail;
  const queue = await shop.call('GET', '/marketing/workflows/links/outreach-queue?limit=500');
  const cast = deal(rowsOf(queue));
  const sent: SentMail[] = [];
  const stoppedAfter = new Map<string, number>();
  const mailsTo = (contact: string) => smtp.mails.filter(({ to }) => to[0] === contact);

  async function work(day: number): Promise<void> {
    if (day > 0) await shop.moveTo(officeHour(day));
    const before = smtp.mails.length;
    await mail.sendDue();
    for (const each of smtp.mails.slice(before))
      sent.push({ to: each.to[0] ?? '', messageId: headerOf(each, 'Message-ID'), day });
  }
  /** A little later each day: what waited for a whole day is due. */
  const officeHour = (day: number) =>
    start + day * DAY_MS + (Math.min(day, LAST_DAY) * HOUR_MS) / 2;
  const answer = (contact: string, kind: Answer) =>
    imap.deliver(answerTo(lastOf(mailsTo(contact)), kind));
  const stop = (contacts: readonly string[]) => {
    for (const contact of contacts) stoppedAfter.set(contact, mailsTo(contact).length);
  };

  smtp.refuse(cast.unknownUser, 550, '5.1.1 No such user here');
  smtp.refuse(cast.greylisted, 451, '4.7.1 Greylisted, try again later');
  await work(0);
  smtp.accept(cast.greylisted);
  await work(1);

  for (const contact of cast.repliesAtOnce) answer(contact, 'reply');
  answer(cast.away, 'autoReply');
  answer(cast.hardBounce, 'hardBounce');
  answer(cast.softBounce, 'softBounce');
  answer(cast.asksToStop, 'unsubscribe');
  answer(cast.complains, 'complaint');
  await untilRead(shop, imap.mails.length, officeHour(1) + HOUR_MS);
  await clickUnsubscribe(lastOf(mailsTo(cast.clicksToStop)));
  stop([
    ...cast.repliesAtOnce,
    cast.hardBounce,
    cast.asksToStop,
    cast.clicksToStop,
    cast.complains,
  ]);

  await work(3);
  await work(4);
  for (const contact of cast.repliesLate) answer(contact, 'reply');
  await untilRead(shop, imap.mails.length, officeHour(4) + HOUR_MS);
  stop(cast.repliesLate);
  await work(8);
  await work(LAST_DAY);
  await importLinks(shop, cast.linking, officeHour(LAST_DAY));
  await work(MUCH_LATER);
  return { cast, opened: rowsOf(queue).filter(isReachable).length, sent, stoppedAfter };
}

/** Gives the first contacts of the queue, by their addresses, what becomes of them. */
function deal(queue: readonly Json[]): Cast {
  const contacts = queue
    .filter(isReachable)
    .map(({ email }) => String(email))
    .toSorted();
  const next = () => {
    const contact = contacts.shift();
    if (contact === undefined) throw new Error('There are too few contacts in the queue');
    return contact;
  };
  const [a, b, c] = [next(), next(), next()];
  const [d, e, f] = [next(), next(), next()];
  return {
    unknownUser: next(),
    greylisted: next(),
    repliesAtOnce: [a, b, c],
    repliesLate: [d, e, f],
    linking: [a, b, d, e],
    away: next(),
    hardBounce: next(),
    softBounce: next(),
    asksToStop: next(),
    clicksToStop: next(),
    complains: next(),
  };
}

/** Journalists have their own deadlines: whether there is time for follow-ups depends on the query. */
const isReachable = ({ campaign }: Json): boolean => !String(campaign).startsWith('Journalists');

function lastOf(mails: readonly ReceivedMail[]): ReceivedMail {
  const last = mails.at(-1);
  if (!last) throw new Error('A contact was to answer and had got no mail');
  return last;
}

/** The published trigger looks every five minutes: an hour later it has. */
async function untilRead(shop: Shop, delivered: number, at: number): Promise<void> {
  await shop.moveTo(at);
  const isRead = async () => {
    const messages = await shop.table('outreach_messages');
    return messages.filter(({ direction }) => direction === 'in').length === delivered;
  };
  await eventually(`all ${delivered} answers are read`, isRead, PATIENCE_S);
}

/** What the button of the page behind the link does. */
async function clickUnsubscribe(mail: ReceivedMail): Promise<void> {
  const [, link = ''] = /<(http[^>]+)>/.exec(headerOf(mail, 'List-Unsubscribe')) ?? [];
  const answer = await fetch(link, { method: 'POST' });
  if (!answer.ok) throw new Error(`The link to unsubscribe answered ${answer.status}`);
}

/** The next export of links has those that were won. */
async function importLinks(shop: Shop, contacts: readonly string[], at: number): Promise<void> {
  const prospects = await shop.table('prospects');
  const day = new Date(at).toISOString().slice(0, 10);
  const rows = contacts.map((contact) => {
    const won = prospects.find((row) => row['contactEmail'] === contact && row['status'] !== 'new');
    return `https://${won?.['domain']}/our-friends,${won?.['targetUrl']},${day}`;
  });
  const text = ['Source url,Target url,First seen', ...rows].join('\n');
  await shop.job('/marketing/import', { text, target: 'backlinks' });
}
