import { expect, test } from 'vitest';
import { classifyMail } from './classify-mail.ts';
import { parseMail } from './imap-mailbox.ts';

const dsn = (status: string, action = 'failed') => `From: Mail Delivery <mailer-daemon@mx.example>
Subject: Undelivered Mail
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It did not work.
--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; Bo@their.example
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 ${status} no such user

--b
Content-Type: text/rfc822-headers

Message-ID: <ours@our.example>

--b--
`;
const mail = (headers: string, text = 'Sure, tell me more.') =>
  `From: Bo <bo@their.example>\n${headers}\n\n${text}\n`;

test.each([
  ['an answer', mail('Subject: Re: Hi'), { kind: 'reply' }],
  [
    'an answer over our quoted footer',
    mail('Subject: Re: Hi', 'Gladly.\n\n> Answer "unsubscribe"\n> unsubscribe'),
    { kind: 'reply' },
  ],
  [
    'an answer that speaks of stopping',
    mail('Subject: Re', 'We stop by on Monday.'),
    { kind: 'reply' },
  ],
  [
    'unsubscribe as subject',
    mail('Subject: unsubscribe 0123456789abcdef01234567'),
    { kind: 'unsubscribe' },
  ],
  [
    'unsubscribe as answer',
    mail('Subject: Re: Hi', '\nPlease remove me.\n> Hello'),
    { kind: 'unsubscribe' },
  ],
  ['RFC 3834', mail('Subject: Re: Hi\nAuto-Submitted: auto-replied'), { kind: 'autoReply' }],
  ['RFC 3834, by hand', mail('Subject: Re: Hi\nAuto-Submitted: no'), { kind: 'reply' }],
  ['X-Autoreply', mail('Subject: Re: Hi\nX-Autoreply: yes'), { kind: 'autoReply' }],
  ['bulk', mail('Subject: News\nPrecedence: bulk'), { kind: 'autoReply' }],
  ['out of office by its subject', mail('Subject: Automatic reply: Hi'), { kind: 'autoReply' }],
  [
    'a hard bounce',
    dsn('5.1.1'),
    {
      kind: 'bounce',
      isHard: true,
      recipient: 'bo@their.example',
      reason: '550 5.1.1 no such user',
    },
  ],
  ['a delay', dsn('4.4.1', 'delayed'), { kind: 'bounce', isHard: false }],
  ['a full mailbox', dsn('5.2.2'), { kind: 'bounce', isHard: false }],
  ['a policy', dsn('5.7.1'), { kind: 'bounce', isHard: false }],
  [
    'a complaint',
    'From: fbl@isp.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b--\n',
    { kind: 'complaint' },
  ],
  ['an empty mail', '', { kind: 'reply' }],
])('%s', async (_, source, expected) => {
  const parsed = await parseMail(Buffer.from(source), 'fallback');
  expect(classifyMail(parsed)).toMatchObject(expected);
});
