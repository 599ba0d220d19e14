import type { JsonObject } from '@millrace/workflow/items';
import type { HostPort } from '@millrace/workflow/ports';
import type { ImapFlow } from 'imapflow';
import { MailboxError } from './mailbox.error.ts';
import type { IncomingMail } from './classify-mail.ts';

const CONNECT_MS = 30_000;
const SILENT_MS = 120_000;
const MAX_MAIL_BYTES = 50 * 1024 * 1024;

export interface MailboxPosition {
  /** A mailbox that was rebuilt counts its mails anew. */
  readonly uidValidity: string;
  readonly lastUid: number;
}

export interface MailboxQuery {
  readonly folder: string;
  /** Where reading goes on; `undefined` begins with mail of the day `since`. */
  readonly after: MailboxPosition | undefined;
  readonly since: Date;
  readonly most: number;
  readonly signal: AbortSignal;
}

/** Mail after a position, in order. Nothing in the mailbox changes, not even what is unread. */
export async function readMailbox(
  data: JsonObject,
  hosts: HostPort,
  { folder, after, since, most, signal }: MailboxQuery,
): Promise<{ mails: IncomingMail[]; position: MailboxPosition; hasMore: boolean }> {
  const host = String(data['host'] ?? '').trim();
  const client = await connect(data, hosts, host);
  try {
    await client.connect();
    const { uidValidity } = await client.mailboxOpen(folder, { readOnly: true });
    const validity = String(uidValidity);
    const last = after?.uidValidity === validity ? after.lastUid : 0;
    const query = { uid: `${last + 1}:*`, ...(last === 0 && { since }) };
    const found = (await client.search(query, { uid: true })) || [];
    // `n:*` names the last mail even when its number is below n.
    const uids = found.filter((uid) => uid > last).toSorted((a, b) => a - b);
    const mails: IncomingMail[] = [];
    for (const uid of uids.slice(0, most)) {
      signal.throwIfAborted();
      const mail = await client.fetchOne(String(uid), { source: true }, { uid: true });
      if (mail && mail.source)
        mails.push(await parseMail(mail.source, `${validity}.${uid}@${host}`));
    }
    const lastUid = uids.slice(0, most).at(-1) ?? last;
    return { mails, position: { uidValidity: validity, lastUid }, hasMore: uids.length > most };
  } catch (error) {
    signal.throwIfAborted();
    throw new MailboxError(host, error);
  } finally {
    await client.logout().catch(() => client.close());
  }
}

/** @param fallbackId - For a mail without a Message-ID. */
export async function parseMail(source: Uint8Array, fallbackId: string): Promise<IncomingMail> {
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(source);
  const headers = new Map<string, string>();
  for (const { key, value } of mail.headers) {
    const before = headers.get(key);
    headers.set(key, before === undefined ? value : `${before}\n${value}`);
  }
  return {
    messageId: mail.messageId ?? `<${fallbackId}>`,
    from: (mail.from?.address ?? '').toLowerCase(),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    headers,
    source: Buffer.from(source).toString('latin1'),
  };
}

async function connect(data: JsonObject, hosts: HostPort, host: string): Promise<ImapFlow> {
  const isSecure = data['secure'] !== false;
  const asked = Number(data['port']) || (isSecure ? 993 : 143);
  const { address, port, isStandIn } = await hosts.locate(host, asked);
  const imapflow = await import('imapflow'); // large: loaded by whoever reads mail
  const client = new imapflow.ImapFlow({
    host: address,
    port,
    secure: isSecure && !isStandIn,
    servername: host,
    tls: { servername: host, rejectUnauthorized: data['allowUnauthorizedCerts'] !== true },
    auth: { user: String(data['user'] ?? ''), pass: String(data['password'] ?? '') },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    maxLiteralSize: MAX_MAIL_BYTES,
  });
  // Without a listener a socket that breaks between two commands would end the process.
  client.on('error', () => undefined);
  return client;
}
