import type { JsonObject } from '@millrace/workflow/items';
import type { HostPort } from '@millrace/workflow/ports';

const CONNECT_MS = 30_000;
const SILENT_MS = 120_000;

/**
 * A connection to the SMTP server of a credential, made where egress allows it and kept until it is closed.
 *
 * @param data - Of an `smtp` credential.
 */
export async function openSmtp(
  data: JsonObject,
  hosts: HostPort,
  { allowsAnyCertificate = false } = {},
) {
  const { createTransport } = await import('nodemailer'); // large: loaded by whoever sends mail
  const host = String(data['host'] ?? '').trim();
  const isSecure = data['secure'] !== false;
  const asked = Number(data['port']) || (isSecure ? 465 : 587);
  const { address, port, isStandIn } = await hosts.locate(host, asked);
  const user = String(data['user'] ?? '');
  const clientName = String(data['hostName'] ?? '');
  return createTransport({
    pool: true,
    maxConnections: 1,
    // A mail whose connection closed may have been taken: sending it again is the node's decision.
    maxRequeues: 0,
    host: address,
    port,
    secure: isSecure && !isStandIn,
    ignoreTLS: isStandIn || data['disableStartTls'] === true,
    servername: host,
    tls: { servername: host, rejectUnauthorized: !allowsAnyCertificate },
    ...(user && { auth: { user, pass: String(data['password'] ?? '') } }),
    ...(clientName && { name: clientName }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
