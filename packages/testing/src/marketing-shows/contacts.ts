import type { ReceivedMail } from '../mail/index.ts';

/** What contacts, and machines for them, write back. */
export type Answer =
  'reply' | 'autoReply' | 'hardBounce' | 'softBounce' | 'unsubscribe' | 'complaint';

/** A header of a mail, unfolded. */
export const headerOf = ({ source }: ReceivedMail, name: string): string =>
  new RegExp(`^${name}:(.*(?:\r\n[ \t].*)*)$`, 'mi')
    .exec(source)?.[1]
    ?.replaceAll(/\r\n[ \t]/g, ' ')
    .trim() ?? '';

/** The mail that comes back for one of ours, as it travels. */
export function answerTo(mail: ReceivedMail, answer: Answer): string {
  const ours = headerOf(mail, 'Message-ID');
  const contact = mail.to[0] ?? '';
  const reply = (text: string, ...more: readonly string[]) =>
    [
      `From: ${contact}`,
      'To: ann@shop.example',
      `Subject: Re: ${headerOf(mail, 'Subject')}`,
      `Message-ID: <${answer}-${ours.slice(1)}`,
      `In-Reply-To: ${ours}`,
      ...more,
      '',
      text,
      '',
      '> Hello,',
      '> Answer "unsubscribe" and I will not write again.',
    ].join('\n');
  switch (answer) {
    case 'reply':
      return reply('Gladly. Which page shall I link to?');
    case 'autoReply':
      return reply('I am away until Monday.', 'Auto-Submitted: auto-replied');
    case 'unsubscribe':
      return reply('Please remove me.');
    case 'hardBounce':
      return report(mail, '5.1.1', 'failed', '550 5.1.1 No such user');
    case 'softBounce':
      return report(mail, '4.2.2', 'delayed', '452 4.2.2 Mailbox full');
    case 'complaint':
      return complaint(mail);
    default:
      return answer satisfies never;
  }
}

/** RFC 3464: what a mail server says of a mail it could not deliver. */
const report = (mail: ReceivedMail, status: string, action: string, said: string) =>
  parts('delivery-status', `Message-ID: <report-${headerOf(mail, 'Message-ID').slice(1)}`, [
    'Content-Type: text/plain\n\nYour mail could not be delivered.',
    `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ${mail.to[0]}\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; ${said}`,
    `Content-Type: text/rfc822-headers\n\nMessage-ID: ${headerOf(mail, 'Message-ID')}`,
  ]);

/** RFC 5965: the contact pressed "spam". */
const complaint = (mail: ReceivedMail) =>
  parts('feedback-report', `Message-ID: <abuse-${headerOf(mail, 'Message-ID').slice(1)}`, [
    'Content-Type: text/plain\n\nThis is an abuse report.',
    'Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1',
    `Content-Type: message/rfc822\n\nMessage-ID: ${headerOf(mail, 'Message-ID')}\nSubject: x\n\nHello`,
  ]);

const parts = (type: string, header: string, bodies: readonly string[]) =>
  [
    'From: Mail Delivery <mailer-daemon@mx.example>',
    'To: ann@shop.example',
    'Subject: Undelivered Mail',
    header,
    `Content-Type: multipart/report; report-type=${type}; boundary=part`,
    '',
    ...bodies.map((body) => `--part\n${body}\n`),
    '--part--',
    '',
  ].join('\n');
