import { createHash } from 'node:crypto';
import { Liquid } from 'liquidjs';
import { InputError } from '../item-fields/input.error.ts';
import type { OutreachThread } from '../tables/outreach.ts';
import type { OutgoingMail } from './mailers/mailer.ts';

/** What every mail of a run has in common. */
export interface Letterhead {
  /** `Ann <ann@example.com>` */
  readonly from: string;
  /** Liquid, below every mail. */
  readonly footer: string;
  /** Public address of the "Outreach Unsubscribe" trigger; empty: contacts unsubscribe by mail only. */
  readonly unsubscribeUrl: string;
  /** Answers are sent to `name+token@…`, so that one without headers still finds its thread. */
  readonly usesPlusAddress: boolean;
}

/** One mail of a thread, before its variables are filled in. */
export interface Letter {
  readonly thread: OutreachThread;
  readonly token: string;
  readonly body: string;
  /** Message-IDs of our earlier mails, the oldest first. */
  readonly earlier: readonly string[];
}

const MAX_LOCAL_PART = 64;

// Templates come from people and from models: no files, no endless work, nothing left open.
const liquid = new Liquid({
  strictVariables: true,
  strictFilters: true,
  lenientIf: true,
  ownPropertyOnly: true,
  templates: {},
  parseLimit: 100_000,
  renderLimit: 500,
  memoryLimit: 1_000_000,
});

/**
 * Fills a letter in and puts it on the letterhead.
 *
 * @throws {InputError} when a variable has no value, or anything that looks like one is left: such a
 *   mail is never sent.
 */
export function compose(letter: Letter, head: Letterhead): OutgoingMail {
  const { thread, token, earlier } = letter;
  const mailbox = addressIn(head.from);
  const link = unsubscribeLink(head.unsubscribeUrl, token);
  const values = {
    ...filled(thread.variables ?? {}),
    ...filled({ name: thread.name ?? '', email: thread.email, campaign: thread.campaign }),
    ...filled({ unsubscribeUrl: link ?? '' }),
  };
  const subject = fill(thread.subject, values, 'subject').trim().replaceAll(/\s+/g, ' ');
  const body = fill(letter.body, values, 'body').trim();
  if (subject === '' || body === '')
    throw new InputError('A mail without a subject or a body is not sent', 'Write both');
  const footer = fill(head.footer, values, 'footer').trim();
  return {
    from: head.from,
    to: thread.email,
    subject: earlier.length > 0 ? `Re: ${subject}` : subject,
    text: footer === '' ? `${body}\n` : `${body}\n\n${footer}\n`,
    messageId: messageIdOf(token, thread.step, mailbox),
    earlier,
    headers: unsubscribeHeaders(mailbox, token, link),
    ...(head.usesPlusAddress && replyAddress(mailbox, token)),
  };
}

/** The bare address of `Ann <ann@example.com>`, in lower case. @throws {InputError} when there is none. */
export function addressIn(text: string): string {
  const bare = (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
  if (/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]+$/.test(bare)) return bare;
  throw new InputError(`"${text}" is no mail address`, 'Write it as name@example.com');
}

/** The same whenever it is made again: a mail of a thread has one identity, however often it is tried. */
const messageIdOf = (token: string, step: number, mailbox: string) =>
  `<${createHash('sha256').update(`${token}:${step}`).digest('hex').slice(0, 32)}@${mailbox.split('@')[1]}>`;

/** An empty value is none: it would leave a hole in the sentence. */
const filled = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => String(value).trim() !== ''));

function fill(template: string, values: Readonly<Record<string, string>>, part: string): string {
  let text: string;
  try {
    text = String(liquid.parseAndRenderSync(template, values));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new InputError(
      `The ${part} cannot be filled in: ${reason}`,
      'Give the variable a value, or name a stand-in: {{ name | default: "there" }}',
    );
  }
  if (/\{\{|\}\}|\{%|%\}/.test(text))
    throw new InputError(
      `The ${part} still has an open slot after it was filled in`,
      'Look for {{ or {% in the values of its variables',
    );
  return text;
}

function unsubscribeLink(url: string, token: string): string | undefined {
  if (url === '') return undefined;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new InputError(`"${url}" is no web address`, 'Copy the address of the trigger');
  const link = new URL(url);
  link.searchParams.set('token', token);
  return link.href;
}

/** One click of RFC 8058 needs an https address; by mail (RFC 2369) it always works. */
function unsubscribeHeaders(mailbox: string, token: string, link: string | undefined) {
  const byMail = `<mailto:${mailbox}?subject=unsubscribe%20${token}>`;
  return {
    'List-Unsubscribe': link ? `${byMail}, <${link}>` : byMail,
    ...(link?.startsWith('https:') && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  };
}

function replyAddress(mailbox: string, token: string) {
  const [local = '', domain = ''] = mailbox.split('@');
  const tagged = `${local.split('+')[0]}+${token}`;
  return tagged.length <= MAX_LOCAL_PART ? { replyTo: `${tagged}@${domain}` } : {};
}
