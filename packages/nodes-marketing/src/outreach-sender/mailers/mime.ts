import type { OutgoingMail } from './mailer.ts';

/** The mail as it travels (RFC 5322), with the address it is handed over for. */
export async function toMime(mail: OutgoingMail): Promise<{ source: Buffer; sender: string }> {
  const { from, to, replyTo, subject, text, messageId, earlier, headers } = mail;
  const { createTransport } = await import('nodemailer'); // large: loaded by whoever sends mail
  const composer = createTransport({ streamTransport: true, buffer: true });
  const { message, envelope } = await composer.sendMail({
    from,
    to,
    subject,
    text,
    messageId,
    headers: { ...headers },
    ...(replyTo !== undefined && { replyTo }),
    ...(earlier.length > 0 && { inReplyTo: earlier.at(-1) ?? '', references: [...earlier] }),
  });
  return {
    source: Buffer.isBuffer(message) ? message : Buffer.from(''),
    sender: envelope.from || from,
  };
}
