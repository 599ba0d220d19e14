import { c, defineTable, type Row } from '@millrace/workflow/node-api';

/** A talk with one contact: it begins with our mail and ends with an answer or with silence. */
export const outreachThreads = defineTable({
  name: 'marketing_outreach_threads',
  columns: {
    id: c.id(),
    campaign: c.text(),
    prospectId: c.nullable(c.text()),
    email: c.text(),
    name: c.nullable(c.text()),
    subject: c.text(),
    body: c.text(),
    variables: c.nullable(c.json<Readonly<Record<string, string>>>()),
    /** Mails sent so far; 0 before the first. */
    step: c.withDefault(c.integer(), 0),
    /** What goes out when no answer came: the n-th is due `afterDays` after the first mail. */
    followUps: c.nullable(
      c.json<readonly { readonly afterDays: number; readonly body: string }[]>(),
    ),
    maxFollowUps: c.withDefault(c.integer(), 2),
    dueAt: c.nullable(c.timestamp()),
    /** Of the contact, IANA: mail goes out in the office hours there. */
    zone: c.nullable(c.text()),
    /** Nothing goes out after it. */
    deadlineAt: c.nullable(c.timestamp()),
    /** Random, made with the first mail: who shows it is this contact, to unsubscribe or to answer. */
    token: c.nullable(c.text()),
    state: c.withDefault(
      c.oneOf([
        'queued',
        'waiting',
        'replied',
        'bounced',
        'unsubscribed',
        'won',
        'ended',
        'paused',
      ]),
      'queued',
    ),
    outcome: c.nullable(c.text()),
    createdAt: c.createdAt(),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
  unique: [['campaign', 'email']],
  indexes: [['state', 'dueAt'], ['token']],
});
export type OutreachThread = Row<typeof outreachThreads>;

/** Mails of a thread, ours and theirs. A row stands before the mail is sent: that is how none goes twice. */
export const outreachMessages = defineTable({
  name: 'marketing_outreach_messages',
  columns: {
    id: c.id(),
    threadId: c.references(c.text(), { table: 'marketing_outreach_threads', onDelete: 'cascade' }),
    direction: c.oneOf(['out', 'in']),
    step: c.integer(),
    /** RFC 5322 Message-ID, made by us for our own. */
    messageId: c.text(),
    inReplyTo: c.nullable(c.text()),
    subject: c.nullable(c.text()),
    text: c.nullable(c.text()),
    state: c.oneOf(['reserved', 'sent', 'unknown', 'failed', 'received']),
    kind: c.withDefault(c.oneOf(['mail', 'reply', 'bounce', 'autoReply', 'unsubscribe']), 'mail'),
    error: c.nullable(c.text()),
    at: c.timestamp(),
    /** Address of ours it goes through, and the contact's with its domain: what caps are counted by. */
    mailbox: c.withDefault(c.text(), ''),
    email: c.withDefault(c.text(), ''),
    domain: c.withDefault(c.text(), ''),
    campaign: c.withDefault(c.text(), ''),
    /** The run that sends it. A second attempt of the same run knows that it was cut off. */
    holder: c.nullable(c.text()),
    attempts: c.withDefault(c.integer(), 1),
    /** What the service that took it calls it. */
    remoteId: c.nullable(c.text()),
  },
  primaryKey: ['id'],
  unique: [['messageId'], ['threadId', 'direction', 'step', 'messageId']],
  indexes: [
    ['threadId', 'at'],
    ['direction', 'at'],
    ['mailbox', 'at'],
    ['email', 'at'],
    ['domain', 'at'],
  ],
});

/** Addresses that are never written to again. */
export const suppressions = defineTable({
  name: 'marketing_suppressions',
  columns: {
    email: c.text(),
    reason: c.oneOf(['unsubscribed', 'bounced', 'complained', 'manual']),
    at: c.createdAt(),
  },
  primaryKey: ['email'],
});

/**
 * What may be done by one at a time. Changing a row holds the others up until the transaction ends,
 * so what is counted behind a gate stays true until it is written.
 */
export const gates = defineTable({
  name: 'marketing_gates',
  columns: { name: c.text(), passedAt: c.timestamp() },
  primaryKey: ['name'],
});
