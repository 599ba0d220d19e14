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
    /** Of two who are equally free, the one who waited longer goes first. */
    lastClaimedAt: c.nullable(c.timestamp()),
  },
  primaryKey: ['id'],
  unique: [['name']],
});
export type AgentRow = Row<typeof agents>;

/** One step of a handoff, as kept in its history. */
export interface HandoffEvent {
  readonly at: number;
  readonly what: 'requested' | 'claimed' | 'released' | 'closed';
  readonly by: string | null;
  readonly reason: string | null;
}

/** What whoever takes over needs to know, from all channels. */
export interface HandoffContext {
  readonly summary?: string;
  /** The last ones, oldest first. */
  readonly messages?: readonly HandoffMessage[];
  readonly [more: string]: unknown;
}

export interface HandoffMessage {
  readonly from: string;
  readonly text: string;
  readonly channel?: string;
  /** ms since the epoch. */
  readonly at?: number;
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
    /** Who should take it. */
    wanted: c.withDefault(c.oneOf(['human', 'ai', 'any']), 'any'),
    /** Who was free when it was asked for; anybody may still claim it. Null: nobody was. */
    offeredTo: c.nullable(c.text()),
    /** Kept across channels: summary, last messages, consent. */
    context: c.json<HandoffContext>(),
    reason: c.nullable(c.text()),
    agentId: c.nullable(c.text()),
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
