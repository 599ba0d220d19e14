import { drawTemplate } from './draw.ts';
import { often } from './schedule.ts';

export const outreachQueue = drawTemplate({
  id: 'outreach-queue',
  name: 'Send the outreach queue',
  description:
    'Sends what is due of the outreach queue: first mails and follow-ups, in office hours, within caps, never twice.',
  tags: ['outreach', 'mail'],
  note: '## Send the outreach queue\nChoose an SMTP credential and set the sender. Switch on after you looked at the queue under Marketing → Outreach.',
  steps: [
    often,
    {
      name: 'Send what is due',
      type: 'marketing.outreachSender',
      parameters: { service: 'smtp', from: 'Ann <ann@example.com>', source: 'queue' },
      credentials: ['smtp'],
    },
    {
      name: 'Count',
      type: 'summarize',
      parameters: {
        fieldsToSummarize: { values: [{ aggregation: 'count', field: 'state' }] },
        fieldsToSplitBy: 'state',
        options: {},
      },
    },
  ],
});

export const outreachAnswers = drawTemplate({
  id: 'outreach-answers',
  name: 'Answers to outreach go to a person',
  description:
    'Reads the mailbox, stops follow-ups of who answered, bounced or does not want mail, and hands real answers to a person.',
  tags: ['outreach', 'mail', 'handoff'],
  note: '## Answers to outreach go to a person\nChoose an IMAP credential. Replies appear under Marketing → Handoffs; bounces and unsubscriptions need nobody.',
  steps: [
    {
      name: 'Answers',
      type: 'marketing.outreachReplies',
      parameters: { folder: 'INBOX', everyMinutes: 5 },
      credentials: ['imap'],
    },
    {
      name: 'Is it a reply?',
      type: 'if',
      version: 2.2,
      parameters: {
        conditions: {
          options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
          conditions: [
            {
              id: 'reply',
              leftValue: '={{ $json.kind }}',
              rightValue: 'reply',
              operator: { type: 'string', operation: 'equals' },
            },
          ],
          combinator: 'and',
        },
        options: {},
      },
    },
    {
      name: 'Hand over',
      type: 'marketing.handoff',
      parameters: {
        contact: '={{ $json.from }}',
        channel: 'email',
        reason: 'Answered an outreach mail',
        waitFor: 'nothing',
      },
    },
  ],
});

export const chatHandoff = drawTemplate({
  id: 'chat-handoff',
  name: 'Chat that knows when to call a person',
  description:
    'Answers chat messages, and hands over to a person when somebody asks for one, with everything said so far.',
  tags: ['handoff', 'webhook'],
  note: '## Chat that knows when to call a person\n`POST /webhook/chat` with `{"contact":"…","text":"…"}`. Replace "Answer" by a language model if you have one. Needs no account.',
  steps: [
    {
      name: 'Message',
      type: 'webhook',
      version: 2,
      parameters: { httpMethod: 'POST', path: 'chat', responseMode: 'lastNode', options: {} },
    },
    {
      name: 'Wants a person?',
      type: 'if',
      version: 2.2,
      parameters: {
        conditions: {
          options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
          conditions: [
            {
              id: 'person',
              leftValue: '={{ $json.body.text }}',
              rightValue: 'person',
              operator: { type: 'string', operation: 'contains' },
            },
          ],
          combinator: 'and',
        },
        options: {},
      },
    },
    {
      name: 'Hand over',
      type: 'marketing.handoff',
      at: [2, -0.5],
      parameters: {
        contact: '={{ $json.body.contact }}',
        channel: 'chat',
        reason: 'Asked for a person',
        context: '={{ { messages: [{ from: "contact", text: $json.body.text }] } }}',
        waitFor: 'nothing',
      },
    },
    {
      name: 'Answer',
      type: 'set',
      version: 3.4,
      at: [2, 0.5],
      parameters: {
        assignments: {
          assignments: [
            {
              id: 'text',
              name: 'text',
              type: 'string',
              value: 'Thank you. Write "person" and somebody will take over.',
            },
          ],
        },
        options: {},
      },
    },
  ],
  wires: [
    { from: 'Message', to: 'Wants a person?' },
    { from: 'Wants a person?', to: 'Hand over' },
    { from: 'Wants a person?', to: 'Answer', output: 1 },
  ],
});
