import type { Item, JsonObject } from '@millrace/workflow/items';
import {
  decodeParams,
  defineNode,
  readParams,
  type ExecuteContext,
} from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import type { OutreachThread } from '../tables/outreach.ts';
import { addressIn } from './compose.ts';
import { MailboxDownError } from './mailbox-down.error.ts';
import { settleInterrupted } from './interrupted.ts';
import { gmailMailer, resendMailer } from './mailers/http-mailers.ts';
import type { Mailer } from './mailers/mailer.ts';
import { smtpMailer } from './mailers/smtp-mailer.ts';
import { outreachSenderIcon } from './outreach-sender.icon.ts';
import { outreachSenderParams } from './outreach-sender.params.ts';
import { sendThread, type Sending } from './send-thread.ts';
import { minutesOf } from './sending-window.ts';
import { dueThreads, threadOfItem } from './threads-to-send.ts';

export default defineNode({
  name: 'millrace-nodes-marketing.outreachSender',
  label: 'Outreach Sender',
  description:
    'Sends outreach mails and their follow-ups: in office hours, within caps, never twice, never to who does not want them',
  version: 1,
  group: ['marketing'],
  icon: outreachSenderIcon,
  subtitle: '={{ $parameter["service"] }}',
  codex: {
    categories: ['Marketing', 'Outreach'],
    alias: ['email', 'mail', 'cold outreach', 'follow-up', 'smtp', 'gmail', 'resend'],
  },
  credentials: [
    { name: 'smtp', required: true, displayOptions: { show: { service: ['smtp'] } } },
    { name: 'gmailOAuth2', required: true, displayOptions: { show: { service: ['gmail'] } } },
    { name: 'resendApi', required: true, displayOptions: { show: { service: ['resend'] } } },
  ],
  params: outreachSenderParams,
  async execute(context) {
    const settings = readSettings(context, 0);
    const sending = await openSending(context, settings);
    const { tables, holder, mailer } = sending;
    const mailbox = addressIn(settings.from);
    await settleInterrupted(tables, mailer, { mailbox, holder, now: context.now() });
    if (settings.source === 'items') return [await sendItems(context, sending)];
    const { campaign = '', limit = 50 } = settings;
    const threads = await dueThreads(tables, { campaign, limit, now: context.now() });
    const output: Item[] = [];
    for (const thread of threads) {
      context.signal.throwIfAborted();
      output.push({ json: await sendOne(sending, thread), pairedItem: { item: 0 } });
    }
    return [output];
  },
});

const readSettings = (context: ExecuteContext, itemIndex: number) =>
  decodeParams(outreachSenderParams, readParams(outreachSenderParams, context, itemIndex));

type Settings = ReturnType<typeof readSettings>;

async function openSending(context: ExecuteContext, settings: Settings): Promise<Sending> {
  const { service, from, footer, unsubscribeUrl = '', usePlusAddress, caps } = settings;
  return {
    tables: context.tables,
    mailer: await openMailer(context, service),
    head: { from, footer, unsubscribeUrl, usesPlusAddress: usePlusAddress },
    window: {
      days: new Set(settings.days.map(Number)),
      from: minutesOf(settings.windowFrom),
      to: minutesOf(settings.windowTo),
    },
    zone: settings.zone || context.timezone,
    caps,
    holder: context.idempotencyKey,
    now: () => context.now(),
  };
}

async function openMailer(context: ExecuteContext, service: Settings['service']): Promise<Mailer> {
  switch (service) {
    case 'smtp':
      return smtpMailer(await context.credential('smtp'), context.hosts);
    case 'gmail':
      return gmailMailer(context.http);
    case 'resend':
      return resendMailer(context.http);
    default:
      return service satisfies never;
  }
}

async function sendItems(context: ExecuteContext, sending: Sending): Promise<Item[]> {
  const output: Item[] = [];
  for (const [index, item] of context.items().entries()) {
    context.signal.throwIfAborted();
    const pairedItem = { item: index };
    try {
      const { to = '', subject = '', body = '', ...rest } = readSettings(context, index);
      const thread = await threadOfItem(sending.tables, item, {
        to,
        subject,
        body,
        followUps: rest.followUps,
        campaign: rest.campaign || `Workflow ${context.workflow.name}`,
        name: rest.name ?? '',
        zone: rest.contactZone ?? '',
      });
      output.push({ json: await sendOne(sending, thread), pairedItem });
    } catch (error) {
      if (!context.continueOnFail || !(error instanceof InputError)) throw error;
      output.push({ json: { error: error.message }, pairedItem });
    }
  }
  return output;
}

/** @throws {MailboxDownError} when the mailbox itself does not work: no other mail would go out either. */
async function sendOne(sending: Sending, thread: OutreachThread): Promise<JsonObject> {
  const { isMailboxDown, ...outcome } = await sendThread(sending, thread);
  if (isMailboxDown) throw new MailboxDownError(sending.head.from, outcome.reason ?? '');
  const { id: threadId, email, campaign, step } = thread;
  return { threadId, email, campaign, step, ...outcome };
}
