import type { Item, JsonObject } from '@millrace/workflow/items';
import {
  defineNode,
  p,
  type ExecuteContext,
  type PollContext,
  type PollOutcome,
} from '@millrace/workflow/node-api';
import { outreachSenderIcon } from '../outreach-sender/outreach-sender.icon.ts';
import { classifyMail } from './classify-mail.ts';
import { findThread } from './find-thread.ts';
import { readMailbox, type MailboxPosition } from './imap-mailbox.ts';
import { recordReply } from './record-reply.ts';

/** More mails than this wait for the next look, which then comes at once. */
const BATCH = 50;
/** So far back the first look goes. */
const FIRST_DAYS = 14;

/** Finds the answers to outreach in a mailbox, stops their follow-ups and starts the workflow with them. */
export default defineNode({
  name: 'millrace-nodes-marketing.outreachReplies',
  label: 'Outreach Replies',
  description:
    'Finds answers to outreach mails: replies, bounces, automatic answers and wishes to be left alone',
  version: 1,
  group: ['trigger'],
  icon: outreachSenderIcon,
  inputs: [],
  codex: { categories: ['Marketing', 'Outreach'], alias: ['imap', 'bounce', 'inbox', 'answers'] },
  credentials: [{ name: 'imap', required: true }],
  extra: { polling: true },
  params: {
    folder: p.string({ label: 'Folder', default: 'INBOX' }),
    everyMinutes: p.number({ label: 'Look Every (Minutes)', default: 5, min: 1, max: 59 }),
  },
  pollRules: ({ everyMinutes }) => [{ cron: `*/${Number(everyMinutes) || 5} * * * *` }],
  async poll(context): Promise<PollOutcome> {
    const { items, position, hasMore } = await readAnswers(context, positionIn(context.cursor));
    return { outputs: [items], cursor: { ...position }, hasMore };
  },
  async execute(context) {
    const { items } = await readAnswers(context, undefined);
    return [items];
  },
});

async function readAnswers(
  context: PollContext | ExecuteContext,
  after: MailboxPosition | undefined,
): Promise<{ items: Item[]; position: MailboxPosition; hasMore: boolean }> {
  const { tables, hosts, signal } = context;
  const now = context.now();
  const { mails, position, hasMore } = await readMailbox(await context.credential('imap'), hosts, {
    folder: String(context.param('folder', 0, { fallback: 'INBOX' })),
    after,
    since: new Date(now - FIRST_DAYS * 86_400_000),
    most: BATCH,
    signal,
  });
  const items: Item[] = [];
  for (const mail of mails) {
    const kind = classifyMail(mail);
    const found = await findThread(tables, mail, kind);
    if (!found) continue; // not about outreach
    await recordReply(tables, found, { mail, kind, now });
    const { id: threadId, email, campaign, prospectId } = found.thread;
    const { from, subject, text, messageId } = mail;
    const about = { threadId, email, campaign, prospectId };
    items.push({ json: { ...kind, ...about, from, subject, text, messageId } });
  }
  return { items, position, hasMore };
}

const positionIn = (cursor: JsonObject | null): MailboxPosition | undefined =>
  cursor === null
    ? undefined
    : { uidValidity: String(cursor['uidValidity']), lastUid: Number(cursor['lastUid']) || 0 };
