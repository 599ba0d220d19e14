import type { WebhookResponse } from '@millrace/workflow/node-api';
import type { ExecutionEnd, RuntimeEvent } from '../runtime.types.ts';

/** What a process tells the one whose caller waits. An end without its runs is read from the database. */
export type Answer =
  | { readonly type: 'response'; readonly id: string; readonly response: WebhookResponse }
  | { readonly type: 'ended'; readonly id: string; readonly end: ExecutionEnd | undefined };

/**
 * Messages between processes. Nothing depends on their arrival: what they tell stands in the database
 * too, or can be asked for again.
 */
export interface ProcessLink {
  /** To one process. */
  answer(processId: string, answer: Answer): void;
  /** To all other processes. */
  publish(event: RuntimeEvent): void;
  /** To all processes: whoever runs it, stop. */
  cancel(executionId: string): void;
  /** To all other processes: somebody watches here, send what happens. */
  watch(): void;
  /** Calls `heard` each time another process says that somebody watches there. */
  watched(heard: () => void): void;
  listen(listeners: LinkListeners): void;
  /** Aborted when it closes. */
  readonly closed: AbortSignal;
  close(): Promise<void>;
}

export interface LinkListeners {
  answered(answer: Answer): void;
  /** A workflow changed. Absent: this process does not care, and is spared the messages. */
  changed?(event: RuntimeEvent): void;
  /** Something happened in an execution. */
  happened?(event: RuntimeEvent): void;
  canceled(executionId: string): void;
}
