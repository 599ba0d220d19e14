/** What is read of a mail that came in. */
export interface IncomingMail {
  readonly messageId: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  /** By lower-case name; the values of a name that is there more than once are joined by a line break. */
  readonly headers: ReadonlyMap<string, string>;
  /** All of it as it came, for the parts a bounce is made of. */
  readonly source: string;
}

export type MailKind =
  | { readonly kind: 'reply' | 'autoReply' | 'unsubscribe' | 'complaint' }
  /** A soft bounce says that the server still tries, or that the contact may be written to later. */
  | {
      readonly kind: 'bounce';
      readonly isHard: boolean;
      readonly reason: string;
      readonly recipient: string | undefined;
    };

const UNSUBSCRIBE_SUBJECT = /^\s*((re|aw|fwd?):\s*)*(unsubscribe|opt[ -]?out|abmelden)\b/i;
const UNSUBSCRIBE_LINE =
  /^["“„']?\s*(please\s+)?(unsubscribe( me)?|remove me|opt[ -]?out|stop|abmelden|bitte abmelden)\s*[.!"”']*$/i;
const AWAY_SUBJECT =
  /^(automatic reply|auto(matic)?[ -]?reply|out of (the )?office|abwesenheit|automatische antwort|réponse automatique)/i;

/** Tells a person's answer from a machine's (RFC 3464 bounces, RFC 5965 complaints, RFC 3834 auto-replies). */
export function classifyMail(mail: IncomingMail): MailKind {
  const type = mail.headers.get('content-type') ?? '';
  if (/report-type="?feedback-report/i.test(type)) return { kind: 'complaint' };
  if (isBounce(mail, type)) return readBounce(mail);
  if (isAutomatic(mail)) return { kind: 'autoReply' };
  return { kind: asksToStop(mail) ? 'unsubscribe' : 'reply' };
}

function isBounce({ from, source, subject }: IncomingMail, type: string): boolean {
  if (/report-type="?delivery-status/i.test(type)) return true;
  if (!/^(mailer-daemon|postmaster)@/i.test(from)) return false;
  return (
    /^Status:\s*[245]\.\d/im.test(source) || /undeliver|returned|failure|failed/i.test(subject)
  );
}

function readBounce({ source, subject, text }: IncomingMail): MailKind {
  const field = (name: string) =>
    new RegExp(`^${name}:\\s*(?:[\\w-]+;\\s*)?(.+)$`, 'im').exec(source)?.[1]?.trim();
  const status = field('Status') ?? /\b([45])\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0] ?? '';
  // 5.2.2 is a full mailbox, 5.7.x a policy: neither says that nobody is there.
  const isHard = status.startsWith('5.') && !/^5\.(2\.2|7\.)/.test(status);
  return {
    kind: 'bounce',
    isHard,
    reason: field('Diagnostic-Code') ?? (status || subject),
    recipient: (field('Original-Recipient') ?? field('Final-Recipient'))
      ?.replaceAll(/[<>]/g, '')
      .toLowerCase(),
  };
}

function isAutomatic({ headers, subject }: IncomingMail): boolean {
  const submitted = headers.get('auto-submitted')?.trim().toLowerCase() ?? 'no';
  return (
    !submitted.startsWith('no') ||
    headers.has('x-autoreply') ||
    headers.has('x-autorespond') ||
    /^(bulk|junk|list|auto_reply)$/i.test(headers.get('precedence')?.trim() ?? '') ||
    AWAY_SUBJECT.test(subject.trim())
  );
}

/** Only what the contact wrote counts: our own footer, quoted below, speaks of unsubscribing too. */
function asksToStop({ subject, text }: IncomingMail): boolean {
  const [first = ''] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('>'));
  return UNSUBSCRIBE_SUBJECT.test(subject) || UNSUBSCRIBE_LINE.test(first);
}
