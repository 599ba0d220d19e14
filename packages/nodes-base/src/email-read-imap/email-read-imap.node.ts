import type { JsonObject } from '@millrace/workflow/items';
import {
  defineNode,
  p,
  type BaseContext,
  type ExecuteContext,
  type PollContext,
  type PollOutcome,
} from '@millrace/workflow/node-api';
import type { SearchObject } from 'imapflow';
import { MailError } from '../email-send/mail.error.ts';
import { icon } from '../icon.ts';
import { openImap } from './imap-client.ts';
import { mailItem, type MailSettings } from './mail-item.ts';
import { searchRules } from './search-rules.ts';

/** More mails than this wait for the next look, which then comes at once. */
const BATCH = 50;
const TRIAL = 1;

/** Starts the workflow for new mail. It looks every so often and remembers how far it has read. */
export const emailReadImapNode = defineNode({
  name: 'n8n-nodes-base.emailReadImap',
  label: 'Email Trigger (IMAP)',
  description: 'Starts the workflow when mail arrives',
  version: [1, 2, 2.1],
  defaultVersion: 2.1,
  group: ['trigger'],
  icon: icon('M3 6h18v12H3z', 'M3 7l9 7 9-7'),
  inputs: [],
  credentials: [{ name: 'imap', required: true }],
  extra: { polling: true },
  params: {
    mailbox: p.string({ label: 'Mailbox', default: 'INBOX' }),
    postProcessAction: p.options({
      label: 'After reading',
      default: 'read',
      choices: [
        { value: 'read', label: 'Mark as read' },
        { value: 'nothing', label: 'Nothing' },
      ],
    }),
    format: p.options({
      label: 'Format',
      default: 'simple',
      choices: [
        { value: 'simple', label: 'Simple', hint: 'Texts and headers' },
        { value: 'resolved', label: 'Resolved', hint: 'All of it, with attachments as files' },
        { value: 'raw', label: 'Raw', hint: 'The source, in base64' },
      ],
    }),
    downloadAttachments: p.boolean({
      label: 'Download attachments',
      default: false,
      when: { format: ['simple'] },
    }),
    dataPropertyAttachmentsPrefixName: p.string({
      label: 'Prefix of attachment fields',
      default: 'attachment_',
      unless: { format: ['raw'] },
    }),
    everyMinutes: p.number({ label: 'Look every (minutes)', default: 1, min: 1, max: 59 }),
    options: p.collection({
      label: 'Options',
      fields: {
        customEmailConfig: p.string({ label: 'Search rules', default: '["UNSEEN"]' }),
        allowUnauthorizedCerts: p.boolean({ label: 'Accept any certificate', default: false }),
      },
    }),
  },
  pollRules: ({ everyMinutes }) => [{ cron: `*/${Number(everyMinutes) || 1} * * * *` }],
  poll,
  async execute(context) {
    const { items } = await readMail(context, { after: 0, newest: TRIAL });
    return [items];
  },
});

/** A mailbox that was rebuilt counts its mails anew: it is read from its beginning again. */
interface Cursor {
  readonly uidValidity: string;
  readonly lastUid: number;
}

async function poll(context: PollContext): Promise<PollOutcome> {
  const { items, cursor, uids } = await readMail(context, readCursor(context.cursor));
  const isMarked = context.param('postProcessAction', 0, { fallback: 'read' }) === 'read';
  return {
    outputs: [items],
    cursor: { ...cursor },
    hasMore: uids.length === BATCH,
    ...(isMarked && uids.length > 0 && { accepted: () => markRead(context, uids) }),
  };
}

interface ReadFrom {
  readonly after: number;
  /** What `after` counts in; mails of another numbering are all new. */
  readonly uidValidity?: string;
  /** Only the last so many, for trying the node out. */
  readonly newest?: number;
}

async function readMail(
  context: PollContext | ExecuteContext,
  { after, uidValidity, newest }: ReadFrom,
) {
  const rules = searchRules(text(context, 'options.customEmailConfig', '["UNSEEN"]'));
  const settings = settingsOf(context);
  return inMailbox(context, async ({ client, mailbox }) => {
    const validity = String(mailbox.uidValidity);
    const last = uidValidity === undefined || uidValidity === validity ? after : 0;
    const query: SearchObject = { ...rules, uid: `${last + 1}:*` };
    const found = (await client.search(query, { uid: true })) || [];
    // `n:*` names the last mail even when its number is below n.
    const fresh = found.filter((uid) => uid > last).toSorted((a, b) => a - b);
    const uids = newest === undefined ? fresh.slice(0, BATCH) : fresh.slice(-newest);
    const items = [];
    for (const uid of uids) {
      context.signal.throwIfAborted();
      const mail = await client.fetchOne(String(uid), { source: true }, { uid: true });
      if (!mail || !mail.source) continue; // deleted since the search
      items.push(await mailItem({ uid, source: mail.source }, settings, context.binary));
    }
    const cursor: Cursor = { uidValidity: validity, lastUid: uids.at(-1) ?? last };
    return { items, uids, cursor };
  });
}

const markRead = (context: PollContext, uids: readonly number[]) =>
  inMailbox(context, async ({ client }) => {
    await client.messageFlagsAdd([...uids].join(','), ['\\Seen'], { uid: true });
  });

type Client = Awaited<ReturnType<typeof openImap>>;
type Mailbox = Exclude<Client['mailbox'], boolean>;

/** Opens the mailbox the node names, and leaves it in the end. */
async function inMailbox<Result>(
  context: PollContext | ExecuteContext,
  work: (open: { readonly client: Client; readonly mailbox: Mailbox }) => Promise<Result>,
): Promise<Result> {
  const data = await context.credential('imap');
  const client = await openImap(data, context.hosts, {
    allowsAnyCertificate:
      context.param('options.allowUnauthorizedCerts', 0, { fallback: false }) === true,
  });
  try {
    const mailbox = await client.mailboxOpen(text(context, 'mailbox', 'INBOX'));
    return await work({ client, mailbox });
  } catch (error) {
    throw new MailError(String(data['host']), error);
  } finally {
    await client.logout().catch(() => client.close());
  }
}

function readCursor(cursor: JsonObject | null): ReadFrom {
  if (cursor === null) return { after: 0 };
  return { after: Number(cursor['lastUid']) || 0, uidValidity: String(cursor['uidValidity']) };
}

function settingsOf(context: BaseContext): MailSettings {
  const format = text(context, 'format', 'simple');
  return {
    format: format === 'raw' || format === 'resolved' ? format : 'simple',
    downloadsAttachments: context.param('downloadAttachments', 0, { fallback: false }) === true,
    prefix: text(context, 'dataPropertyAttachmentsPrefixName', 'attachment_'),
  };
}

const text = (context: BaseContext, path: string, fallback: string) =>
  String(context.param(path, 0, { fallback }));
