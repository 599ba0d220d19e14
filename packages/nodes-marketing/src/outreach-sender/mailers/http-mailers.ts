import type { HttpPort, HttpResponse } from '@millrace/workflow/ports';
import { wasNeverSent } from '../../service-calls/never-sent.ts';
import type { Delivery, Mailer, OutgoingMail } from './mailer.ts';
import { toMime } from './mime.ts';

const GMAIL = 'https://gmail.googleapis.com/gmail/v1/users/me/messages';
const RESEND = 'https://api.resend.com/emails';
const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' };

/** Sends from a Gmail mailbox; a mail whose fate is open is looked for in it. */
export function gmailMailer(http: HttpPort): Mailer {
  const authentication = 'gmailOAuth2';
  return {
    async send(mail) {
      const { source } = await toMime(mail);
      const body = JSON.stringify({ raw: source.toString('base64url') });
      return deliver(() =>
        http.request({
          method: 'POST',
          url: `${GMAIL}/send`,
          authentication,
          headers: JSON_TYPE,
          body,
        }),
      );
    },
    async hasSent(messageId) {
      const query = encodeURIComponent(`rfc822msgid:${messageId.replaceAll(/[<>]/g, '')}`);
      const url = `${GMAIL}?q=${query}&includeSpamTrash=true`;
      const { status, body } = await http.request({ method: 'GET', url, authentication });
      const found = status === 200 ? fieldsOf(body)['messages'] : undefined;
      return Array.isArray(found) && found.length > 0;
    },
  };
}

/** Sends through Resend. */
export function resendMailer(http: HttpPort): Mailer {
  return {
    send: (mail) =>
      deliver(() =>
        http.request({
          method: 'POST',
          url: RESEND,
          authentication: 'resendApi',
          // Another request with this key is not sent by Resend either.
          headers: { ...JSON_TYPE, 'idempotency-key': mail.messageId },
          body: JSON.stringify(resendFields(mail)),
        }),
      ),
  };
}

const resendFields = ({
  from,
  to,
  replyTo,
  subject,
  text,
  messageId,
  earlier,
  headers,
}: OutgoingMail) => ({
  from,
  to: [to],
  ...(replyTo !== undefined && { reply_to: replyTo }),
  subject,
  text,
  headers: {
    ...headers,
    'Message-ID': messageId,
    ...(earlier.length > 0 && {
      'In-Reply-To': earlier.at(-1),
      References: earlier.join(' '),
    }),
  },
});

async function deliver(request: () => Promise<HttpResponse>): Promise<Delivery> {
  try {
    return readAnswer(await request());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return wasNeverSent(error)
      ? { kind: 'refused', because: 'mailbox', reason }
      : { kind: 'unknown', reason };
  }
}

function readAnswer({ status, body }: HttpResponse): Delivery {
  const fields = fieldsOf(body);
  const id = fields['id'];
  if (status >= 200 && status < 300)
    return { kind: 'sent', ...(typeof id === 'string' && { remoteId: id }) };
  const reason = `${status}: ${messageOf(fields)}`;
  // 408 is a gateway that gave up waiting; 409 is Resend's for a key that it has seen before.
  if (status >= 500 || status === 408 || status === 409) return { kind: 'unknown', reason };
  // Gmail says "too much" with 403 as well as with 429.
  const isMailbox =
    status === 401 || status === 403 || status === 429 || MAILBOX_WORDS.has(wordOf(fields));
  return { kind: 'refused', because: isMailbox ? 'mailbox' : 'mail', reason };
}

/** What is wrong with who sends, though the status speaks of the mail. */
const MAILBOX_WORDS = new Set(['invalid_from_address', 'invalid_access', 'FAILED_PRECONDITION']);

/** Resend's word for an error, or Google's. */
function wordOf({ name, error }: Readonly<Record<string, unknown>>): string {
  if (typeof name === 'string') return name;
  const isGoogle = typeof error === 'object' && error !== null && 'status' in error;
  return isGoogle ? String(error.status) : '';
}

function messageOf({ message, name, error }: Readonly<Record<string, unknown>>): string {
  const inner =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return [name, message, inner]
    .filter((part) => part !== undefined)
    .map(String)
    .join(' ')
    .slice(0, 4000);
}

function fieldsOf(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof json === 'object' && json !== null ? { ...json } : {};
  } catch {
    return {};
  }
}
