/** Who goes first: somebody waits for it, as it comes, or when nothing else is to do. */
export type Urgency = 'high' | 'normal' | 'low';

/** An execution as queues know it: never its data. */
export interface QueueEntry {
  readonly id: string;
  /** Its fencing number when it was offered: another offer of the same turn is the same entry. */
  readonly fence: number;
  readonly urgency: Urgency;
  /** The process whose caller waits for the answer. */
  readonly replyTo?: string;
}

/** Hands out executions to whoever runs them. A hint only: what is to run stands in the database. */
export interface QueuePort {
  /** Never throws: what cannot be offered now is found by a later sweep. */
  offer(entries: readonly QueueEntry[]): void;
  /** Stops handing out. */
  close(): Promise<void>;
  /** Entries nobody has begun, as far as is known here. */
  readonly waiting: number;
}

/** Runs one execution. Never rejects. */
export type RunEntry = (entry: QueueEntry) => Promise<void>;
