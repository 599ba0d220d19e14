import type { WebhookResponse } from '@millrace/workflow/node-api';
import type { WorkflowJson } from '@millrace/workflow/graph';
import type { WebhookRouteRow } from '../../db/index.ts';
import type { ExecutionEnd, RuntimeEvent } from '../runtime.types.ts';

/** What a process tells the one whose caller waits. An end without its runs is read from the database. */
export type Answer =
  | { readonly type: 'response'; readonly id: string; readonly response: WebhookResponse }
  | { readonly type: 'ended'; readonly id: string; readonly end: ExecutionEnd | undefined };

/** Where a draft listens. */
export type DraftAddress = Pick<
  WebhookRouteRow,
  'kind' | 'node' | 'webhookName' | 'method' | 'path' | 'segmentCount' | 'hasParams'
>;

/** A draft that listens in another process. */
export interface ListeningDraft {
  /** The execution the call will become. */
  readonly executionId: string;
  readonly workflowId: string;
  readonly json: WorkflowJson;
  readonly destination?: string;
  readonly startedAt: number;
  readonly until: number;
  readonly addresses: readonly DraftAddress[];
}

/** What a main process asks the others: a draft listens in one of them only. */
export type Question =
  | {
      readonly type: 'drafts-at';
      readonly kind: DraftAddress['kind'];
      readonly path: string;
    }
  | { readonly type: 'draft'; readonly executionId: string }
  | {
      readonly type: 'end-draft';
      readonly executionId: string;
      readonly reason: 'called' | 'canceled';
      /** By the database's clock. Later, nobody waits for the reply any more, so nothing may end. */
      readonly until: number;
    }
  /** A draft is about to listen: earlier ones of its workflow end. */
  | ({ readonly type: 'draft-listens' } & Pick<ListeningDraft, 'workflowId' | 'addresses'>);

/** What one process has to say; empty when the question does not concern it. */
export interface Reply {
  readonly drafts?: readonly ListeningDraft[];
  readonly isEnded?: boolean;
  /** An address that a draft of another workflow listens at. */
  readonly taken?: DraftAddress;
}

export interface Replies {
  readonly replies: readonly Reply[];
  /** False when somebody who was asked stayed silent, or nobody could be asked. */
  readonly isComplete: boolean;
}

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
  /** Asks all processes that reply. Never rejects. */
  ask(question: Question): Promise<Replies>;
  /** Replies to what others ask from now on. */
  reply(reply: (question: Question) => Reply): void;
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
