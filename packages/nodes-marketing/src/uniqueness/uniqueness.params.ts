import { p } from '@millrace/workflow/node-api';

const GUARD = { operation: ['guard'] };

export const uniquenessParams = {
  operation: p.options({
    label: 'Operation',
    default: 'guard',
    choices: [
      { value: 'hash', label: 'Hash', hint: 'Gives each item its fingerprint' },
      { value: 'compare', label: 'Compare', hint: 'Each item with those before it' },
      {
        value: 'guard',
        label: 'Guard',
        hint: 'Lets pass what the project has not had yet, and remembers it',
      },
    ],
  }),
  kind: p.options({
    label: 'Of',
    default: 'text',
    choices: [
      { value: 'text', label: 'A Text' },
      { value: 'image', label: 'A Picture', hint: 'PNG or JPEG; turned and mirrored copies too' },
    ],
  }),
  textField: p.string({ label: 'Text Field', default: 'text', when: { kind: ['text'] } }),
  fileField: p.string({ label: 'File Field', default: 'data', when: { kind: ['image'] } }),
  nameField: p.string({
    label: 'Name Field',
    default: 'id',
    hint: 'What each piece is called: a piece is no copy of itself',
    when: { operation: ['compare', 'guard'] },
  }),
  leastShare: p.number({
    label: 'Copied From',
    default: 0.25,
    min: 0.01,
    max: 1,
    hint: 'A text of which this share stands in another one is a copy',
    when: { operation: ['compare', 'guard'], kind: ['text'] },
  }),
  channel: p.string({
    label: 'Channel',
    default: '',
    placeholder: 'tiktok-air',
    hint: 'Where it is to go; the same piece on another channel is a copy',
    when: GUARD,
  }),
  scope: p.options({
    label: 'Look At',
    default: 'anywhere',
    choices: [
      { value: 'anywhere', label: 'Every Channel' },
      { value: 'otherChannels', label: 'Other Channels' },
      { value: 'sameChannel', label: 'This Channel' },
    ],
    when: GUARD,
  }),
  days: p.number({
    label: 'Days',
    default: 365,
    min: 1,
    hint: 'What went out longer ago may come again',
    when: GUARD,
  }),
  library: p.boolean({
    label: 'Compare With the Library',
    default: true,
    hint: 'Also with the words of every piece of the project, whenever it was made',
    when: { operation: ['guard'], kind: ['text'] },
  }),
  remember: p.boolean({ label: 'Remember What Passes', default: true, when: GUARD }),
} as const;
