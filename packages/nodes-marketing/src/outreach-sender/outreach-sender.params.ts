import { p } from '@millrace/workflow/node-api';
import { CAP_SCOPES } from './caps.ts';

const FOOTER =
  '--\n{% if unsubscribeUrl %}No more mail from me: {{ unsubscribeUrl }}{% else %}Answer "unsubscribe" and I will not write again.{% endif %}';

const SCOPE_LABELS: Readonly<Record<(typeof CAP_SCOPES)[number], string>> = {
  mailbox: 'From This Mailbox',
  domain: 'To One Domain',
  contact: 'To One Contact',
  campaign: 'Of One Campaign',
  all: 'Altogether',
};

const ITEMS_ONLY = { source: ['items'] };
const LIQUID = 'Liquid: {{ name }}. A variable without a value stops the mail';

/** Those of mails are read for each item, the others once a run. */
export const outreachSenderParams = {
  service: p.options({
    label: 'Send Through',
    default: 'smtp',
    fixed: true,
    choices: [
      { value: 'smtp', label: 'SMTP' },
      { value: 'gmail', label: 'Gmail' },
      { value: 'resend', label: 'Resend' },
    ],
  }),
  from: p.string({ label: 'From', required: true, placeholder: 'Ann <ann@example.com>' }),
  source: p.options({
    label: 'Send',
    default: 'queue',
    choices: [
      { value: 'queue', label: 'What Is Due', hint: 'Mails and follow-ups of the outreach queue' },
      { value: 'items', label: 'Input Items', hint: 'One thread per address and campaign' },
    ],
  }),
  campaign: p.string({
    label: 'Campaign',
    hint: 'An address is written to once per campaign. From the queue: only this one, or all when empty',
  }),
  limit: p.number({ label: 'Limit', default: 50, min: 1, max: 1000, when: { source: ['queue'] } }),
  days: p.multiOptions({
    label: 'Days',
    default: [1, 2, 3, 4, 5],
    choices: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
      (label, index) => ({ value: index + 1, label }),
    ),
  }),
  windowFrom: p.string({ label: 'From Time', default: '09:00' }),
  windowTo: p.string({
    label: 'To Time',
    default: '17:00',
    hint: 'By the clock of the contact. The same as "From Time" means all day',
  }),
  zone: p.string({
    label: 'Time Zone',
    placeholder: 'Europe/Berlin',
    hint: 'For contacts whose own is not known; of the workflow when empty',
  }),
  caps: p.list({
    label: 'Caps',
    hint: 'No row: no cap. 0 mails: nothing goes out',
    default: {
      values: [
        { scope: 'mailbox', most: 50, days: 1 },
        { scope: 'domain', most: 2, days: 1 },
        { scope: 'contact', most: 2, days: 7 },
      ],
    },
    item: {
      scope: p.options({
        label: 'Mails',
        default: 'mailbox',
        choices: CAP_SCOPES.map((value) => ({ value, label: SCOPE_LABELS[value] })),
      }),
      most: p.number({ label: 'At Most', default: 50, min: 0 }),
      days: p.number({ label: 'In Days', default: 1, min: 1 }),
    },
  }),
  unsubscribeUrl: p.string({
    label: 'Unsubscribe Address',
    placeholder: 'https://…/webhook/unsubscribe',
    hint: 'Production address of an "Outreach Unsubscribe" trigger. Without it contacts unsubscribe by mail',
  }),
  footer: p.text({ label: 'Footer', default: FOOTER }),
  usePlusAddress: p.boolean({
    label: 'Plus Address for Answers',
    default: false,
    hint: 'Answers go to name+token@…: found even without mail headers, if the mailbox takes such addresses',
  }),
  to: p.string({
    label: 'To',
    required: true,
    when: ITEMS_ONLY,
    placeholder: '={{ $json.email }}',
  }),
  name: p.string({ label: 'Name', when: ITEMS_ONLY }),
  subject: p.string({ label: 'Subject', required: true, when: ITEMS_ONLY, hint: LIQUID }),
  body: p.text({ label: 'Body', required: true, rows: 8, when: ITEMS_ONLY, hint: LIQUID }),
  contactZone: p.string({ label: 'Zone of the Contact', when: ITEMS_ONLY }),
  followUps: p.list({
    label: 'Follow-Ups',
    hint: 'Sent while nobody answers',
    when: ITEMS_ONLY,
    default: {
      values: [
        { afterDays: 3, body: 'Did my mail below reach you? I would be glad of a word.' },
        { afterDays: 7, body: 'This is my last mail on it. A short "no" is an answer too.' },
      ],
    },
    item: {
      afterDays: p.number({ label: 'After Days', default: 3, min: 1 }),
      body: p.text({ label: 'Body', required: true, hint: LIQUID }),
    },
  }),
};
