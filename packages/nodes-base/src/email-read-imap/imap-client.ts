import type { JsonObject } from '@millrace/workflow/items';
import type { HostPort } from '@millrace/workflow/ports';
import type { ImapFlow } from 'imapflow';
import { MailError } from '../email-send/mail.error.ts';

const CONNECT_MS = 30_000;
const SILENT_MS = 120_000;
const MAX_MAIL_BYTES = 50 * 1024 * 1024;

/**
 * A signed-in connection to the mailbox of a credential, made where egress allows it.
 *
 * @param data - Of an `imap` credential.
 * @throws {MailError} when the server is not reached or does not let us in.
 */
export async function openImap(
  data: JsonObject,
  hosts: HostPort,
  { allowsAnyCertificate = false } = {},
): Promise<ImapFlow> {
  const host = String(data['host'] ?? '').trim();
  const isSecure = data['secure'] !== false;
  const { address, port, isStandIn } = await hosts.locate(
    host,
    Number(data['port']) || (isSecure ? 993 : 143),
  );
  const isLax = allowsAnyCertificate || data['allowUnauthorizedCerts'] === true;
  const imapflow = await import('imapflow'); // large: loaded by whoever reads mail
  const client = new imapflow.ImapFlow({
    host: address,
    port,
    secure: isSecure && !isStandIn,
    servername: host,
    tls: { servername: host, rejectUnauthorized: !isLax },
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
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new MailError(host, error);
  }
}
