import { c, defineTable, type Row } from '@millrace/workflow/node-api';

/** People and agents who take over talks. */
export const agents = defineTable({
  name: 'marketing_agents',
  columns: {
    id: c.id(),
    name: c.text(),
    kind: c.oneOf(['human', 'ai']),
    skills: c.json<readonly string[]>(),
    capacity: c.withDefault(c.integer(), 5),
    load: c.withDefault(c.integer(), 0),
    heartbeatAt: c.nullable(c.timestamp()),
  },
  primaryKey: ['id'],
  unique: [['name']],
});

/** One step of a handoff, as kept in its history. */
export interface HandoffEvent {
  readonly at: number;
  readonly what: 'requested' | 'claimed' | 'released' | 'closed';
  readonly by: string | null;
  readonly reason: string | null;
}

/** A talk that goes from one to another, with what was said so far. */
export const handoffs = defineTable({
  name: 'marketing_handoffs',
  columns: {
    id: c.id(),
    contact: c.text(),
    channel: c.text(),
    state: c.withDefault(c.oneOf(['ai', 'queued', 'human', 'closed']), 'queued'),
    /** Grows with each change: a claim names the one it saw. */
    version: c.withDefault(c.integer(), 1),
    skills: c.json<readonly string[]>(),
    /** Kept across channels: summary, last messages, consent. */
    context: c.json(),
    reason: c.nullable(c.text()),
    agentId: c.nullable(c.text()),
    /** Who spoke before: a release or a timeout gives it back to them. */
    previousOwner: c.nullable(c.text()),
    /** What happened, oldest first. */
    history: c.nullable(c.json<readonly HandoffEvent[]>()),
    /** What was agreed, said when it is closed. */
    outcome: c.nullable(c.text()),
    /** The execution that waits for it, and at which node; null when none does. */
    executionId: c.nullable(c.text()),
    nodeName: c.nullable(c.text()),
    /** What the execution waits for. */
    waitsFor: c.nullable(c.oneOf(['claimed', 'closed'])),
    requestedAt: c.timestamp(),
    /** An answer is due by then. */
    answerBy: c.nullable(c.timestamp()),
    claimedAt: c.nullable(c.timestamp()),
    closedAt: c.nullable(c.timestamp()),
  },
  primaryKey: ['id'],
  indexes: [['state', 'requestedAt'], ['contact']],
});
export type HandoffRow = Row<typeof handoffs>;
