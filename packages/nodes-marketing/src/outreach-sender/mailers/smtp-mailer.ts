import { Readable } from 'node:stream';
import type { JsonObject } from '@millrace/workflow/items';
import type { HostPort } from '@millrace/workflow/ports';
import type { Delivery, Mailer } from './mailer.ts';
import { toMime } from './mime.ts';

const CONNECT_MS = 30_000;
const SILENT_MS = 120_000;

/**
 * Sends through the server of an `smtp` credential, a connection for each mail: a pool takes a mail
 * whose connection breaks to the next one, and then it arrives twice.
 */
export function smtpMailer(data: JsonObject, hosts: HostPort): Mailer {
  return {
    async send(mail) {
      const { source, sender } = await toMime(mail);
      const handed = { over: false };
      try {
        const transport = await connect(data, hosts);
        // As it is, nodemailer reads a mail before the server has said that it may come.
        transport.use('stream', ({ message }, done) => {
          message.createReadStream = () => Readable.from(tellWhenRead(source, handed));
          done();
        });
        await transport.sendMail({ envelope: { from: sender, to: mail.to }, raw: source });
        return { kind: 'sent' };
      } catch (error) {
        return readFailure(error, handed.over);
      }
    },
  };
}

function* tellWhenRead(source: Buffer, handed: { over: boolean }) {
  handed.over = true;
  yield source;
}

/** A reply is an answer; a connection that ends without one leaves it open once the text was read. */
function readFailure(error: unknown, isHandedOver: boolean): Delivery {
  const said = new Map<string, unknown>(
    typeof error === 'object' && error !== null ? Object.entries(error) : [],
  );
  const status = Number(said.get('responseCode') ?? 0);
  const reason = String(said.get('response') || (error instanceof Error ? error.message : error));
  if (status === 0 && isHandedOver) return { kind: 'unknown', reason };
  return { kind: 'refused', because: causeOf(String(said.get('command')), status, reason), reason };
}

/** 5.7.x (RFC 3463) is about who may send, 552 and 5.2.2 are a full mailbox: somebody is there. */
function causeOf(command: string, status: number, reason: string) {
  if (command !== 'RCPT TO' && command !== 'DATA') return 'mailbox';
  const isFull = command === 'RCPT TO' && (status === 552 || /\b5\.2\.2\b/.test(reason));
  if (status < 500 || isFull) return 'now';
  const isAboutContact = command === 'RCPT TO' && status <= 553 && !/\b5\.7\.\d+/.test(reason);
  return isAboutContact ? 'contact' : 'mail';
}

async function connect(data: JsonObject, hosts: HostPort) {
  const { createTransport } = await import('nodemailer'); // large: loaded by whoever sends mail
  const host = String(data['host'] ?? '').trim();
  const isSecure = data['secure'] !== false;
  const asked = Number(data['port']) || (isSecure ? 465 : 587);
  const { address, port, isStandIn } = await hosts.locate(host, asked);
  const user = String(data['user'] ?? '');
  const name = String(data['hostName'] ?? '');
  return createTransport({
    host: address,
    port,
    secure: isSecure && !isStandIn,
    ignoreTLS: isStandIn || data['disableStartTls'] === true,
    tls: { servername: host },
    ...(user && { auth: { user, pass: String(data['password'] ?? '') } }),
    ...(name && { name }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
