import type { Property } from '@millrace/workflow/node-api';

const text = (name: string, displayName: string, more: Partial<Property> = {}): Property => ({
  displayName,
  name,
  type: 'string',
  default: '',
  ...more,
});
const area = (name: string, displayName: string, more: Partial<Property> = {}) =>
  text(name, displayName, { typeOptions: { rows: 5 }, ...more });
const show = (rules: Readonly<Record<string, readonly unknown[]>>) => ({
  displayOptions: { show: rules },
});

const FIRST = { '@version': [1] };
const SECOND = { '@version': [2, 2.1] };

const copies = [text('ccEmail', 'CC'), text('bccEmail', 'BCC')];
const attachments = text('attachments', 'Attachments', {
  description: 'Names of binary fields, with commas; HTML may show one as cid:NAME',
});
const always: readonly Property[] = [
  {
    displayName: 'Accept any certificate',
    name: 'allowUnauthorizedCerts',
    type: 'boolean',
    default: false,
  },
  text('replyTo', 'Reply to'),
  text('inReplyTo', 'In reply to', { description: 'Message-ID of the mail this answers' }),
  text('references', 'References', { description: 'Message-IDs of the conversation' }),
  {
    displayName: 'Headers',
    name: 'headers',
    type: 'fixedCollection',
    default: {},
    typeOptions: { multipleValues: true },
    options: [
      {
        name: 'values',
        displayName: 'Header',
        values: [text('name', 'Name'), text('value', 'Value')],
      },
    ],
  },
];

/** n8n's parameters of versions 1, 2 and 2.1; headers and threading are ours. */
export const emailSendProperties: readonly Property[] = [
  { displayName: 'Resource', name: 'resource', type: 'hidden', default: 'email', ...show(SECOND) },
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    default: 'send',
    options: [{ name: 'Send', value: 'send', action: 'Send an email' }],
    ...show(SECOND),
  },
  text('fromEmail', 'From', { required: true, placeholder: 'Me <me@example.com>' }),
  text('toEmail', 'To', {
    required: true,
    placeholder: 'you@example.com, Them <them@example.com>',
  }),
  ...copies.map((each) => ({ ...each, ...show(FIRST) })),
  text('subject', 'Subject'),
  {
    displayName: 'Format',
    name: 'emailFormat',
    type: 'options',
    default: 'html',
    options: [
      { name: 'Text', value: 'text' },
      { name: 'HTML', value: 'html' },
      { name: 'Both', value: 'both' },
    ],
    ...show(SECOND),
  },
  area('text', 'Text', show(FIRST)),
  area('text', 'Text', show({ emailFormat: ['text', 'both'], ...SECOND })),
  area('html', 'HTML', show(FIRST)),
  area('html', 'HTML', show({ emailFormat: ['html', 'both'], ...SECOND })),
  { ...attachments, ...show(FIRST) },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    default: {},
    placeholder: 'Add option',
    options: always,
    ...show(FIRST),
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    default: {},
    placeholder: 'Add option',
    options: [attachments, ...copies, ...always],
    ...show(SECOND),
  },
];
