import type { PushEvent } from '@millrace/api';
import type { CredentialRef, ProjectStorage, RunExecution } from '@millrace/workflow/engine';
import type { WorkflowJson } from '@millrace/workflow/graph';
import type { Batch, ErrorData, JsonObject } from '@millrace/workflow/items';
import type {
  ExecutionMode,
  NodeLogger,
  NodeRegistry,
  WebhookResponse,
} from '@millrace/workflow/node-api';
import type {
  Clock,
  CodePort,
  FilesPort,
  HostPort,
  HttpPort,
  HttpRequest,
  HttpResponse,
  LlmPort,
  Random,
  RunRecord,
} from '@millrace/workflow/ports';
import type { EntityManager } from 'typeorm';
import type { Database } from '../db/index.ts';
import type { S3Location } from './binary/s3-blobs.ts';
import type { CrashDecision } from './leases.ts';
import type { CredentialUse } from './limits/index.ts';
import type { Transport } from './transport.ts';

/** The part of the configuration the runtime reads. */
export interface RuntimeConfig {
  /** `MILLRACE_HOME`: binary data stands below it. */
  readonly home: string;
  /** Files are kept there in place of below `home`. */
  readonly s3?: S3Location | undefined;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly timezone: string;
  /** Executions that may be under way at once; those of pure nodes are not counted. */
  readonly concurrency: number;
  /** Signs the addresses that resume a waiting execution. */
  readonly resumeSecret: string;
  /** What this process does; `main` when left out. */
  readonly role?: ProcessRole;
  /** After so long without a sign of life an execution may be taken over. */
  readonly leaseMs?: number;
  /** How often an execution that gets no further is begun again. */
  readonly maxRestarts?: number;
  /** How long executions may go on after `close`, before they are given back. */
  readonly drainMs?: number;
  /** With so many waiting, new ones are refused with `QUEUE_FULL`. */
  readonly queueLimit?: number;
}

/** `main` serves all and, without a queue on Redis, runs executions; `webhook` only accepts; `worker` only runs. */
export type ProcessRole = 'main' | 'worker' | 'webhook';

/** Told at places where a crash would be hardest to mend. Fault tests die there; otherwise nothing happens. */
export type ReachPoint = (point: string) => void;

/** Credentials for a workflow that may use them. */
export interface Secrets {
  /** @throws {MillraceError} `CRED_MISSING` when there is none this workflow may use. */
  credential(
    type: string,
    ref: CredentialRef,
    workflowId: string,
    use?: CredentialUse,
  ): Promise<JsonObject>;
  /** Sends a request with a credential joined to it. @throws {MillraceError} also `CRED_HOST_REFUSED` */
  signedRequest(
    type: string,
    ref: CredentialRef,
    workflowId: string,
    request: HttpRequest,
    use?: CredentialUse,
  ): Promise<HttpResponse>;
  /** Told when an attempt that may have used one is over. */
  attemptEnded?(use: Omit<CredentialUse, 'signal'>): void;
}

/** What the project of a workflow keeps in tables. */
export type StorageOf = (workflowId: string) => ProjectStorage;

/** Language models for a workflow; what they cost goes on its account. */
export type LlmOf = (
  ref: CredentialRef,
  about: { readonly workflowId: string; readonly executionId: string; readonly node: string },
) => LlmPort;

export interface RuntimeOptions {
  readonly db: Database;
  readonly config: RuntimeConfig;
  readonly registry: NodeRegistry;
  readonly code: CodePort;
  readonly http: HttpPort;
  readonly logger: NodeLogger;
  readonly hosts?: HostPort;
  readonly files?: FilesPort | undefined;
  readonly secrets: Secrets;
  readonly llm?: LlmOf;
  readonly storage?: StorageOf;
  readonly runExecution: RunExecution;
  readonly clock?: Clock;
  readonly random?: Random;
  /** The bus other parts publish on too; absent, the runtime makes its own. */
  readonly bus?: EventBus;
  /** Joins this process with others; absent, it is the only one. */
  readonly transport?: Transport | undefined;
  readonly reach?: ReachPoint | undefined;
  /** `$vars`. */
  vars?(): Promise<JsonObject>;
}

/** What starts an execution. */
export interface AcceptRequest {
  /** An id that was promised before; absent, it gets a new one. */
  readonly id?: string;
  readonly workflowId: string;
  /** Absent: the draft in `snapshot` is run. */
  readonly versionId?: string;
  readonly snapshot?: WorkflowJson;
  readonly mode: ExecutionMode;
  readonly start?: { readonly node: string; readonly outputs?: readonly Batch[] };
  readonly destination?: string;
  /** Runs of an earlier execution to use again. */
  readonly history?: readonly RunRecord[];
  readonly parentId?: string;
  readonly retryOf?: string;
  /** Hears the first answer a node gives the caller, once the execution is stored. */
  respond?(response: WebhookResponse): void;
}

/** How an execution ended, or why it paused, once that is stored. */
export interface ExecutionEnd {
  readonly id: string;
  readonly status: 'success' | 'error' | 'waiting' | 'canceled';
  readonly lastNode: string | undefined;
  readonly error: ErrorData | undefined;
  readonly runs: readonly RunRecord[];
}

export interface Accepted {
  readonly id: string;
  /** Settles when the end is stored. */
  readonly ended: Promise<ExecutionEnd>;
}

/** An execution that is stored in a transaction of the caller's. */
export interface Reserved {
  readonly id: string;
  /** Call inside the transaction that also marks its trigger as done. */
  store(manager: EntityManager): Promise<void>;
  /** Call after the commit. */
  run(): Accepted;
}

/** Starts, resumes and stops executions. */
export interface Executions {
  /** Resolves when the execution is stored; it runs behind. */
  accept(request: AcceptRequest): Promise<Accepted>;
  /**
   * Starts at once, for callers that wait for the end. Its row may be written together with the
   * end (only when all its nodes are pure), so nothing may be answered before `ended` or `respond`.
   */
  begin(request: AcceptRequest): Promise<Accepted>;
  /** For triggers that are rows themselves: the execution and the mark stand or fall together. */
  reserve(request: AcceptRequest): Promise<Reserved>;
  /** Ends a new, running or waiting execution. False when it had ended already. */
  cancel(id: string): Promise<boolean>;
  /** Goes on with a waiting execution. False when somebody else did, or it does not wait. */
  resume(
    id: string,
    outputs?: readonly Batch[],
    respond?: AcceptRequest['respond'],
  ): Promise<Accepted | false>;
  /**
   * A person's word on an execution that waits because a node was cut off by a crash: run the node
   * again, or count it as failed. False when it does not wait for that.
   */
  decide(id: string, decision: CrashDecision): Promise<Accepted | false>;
}

/** Messages between the parts of one process (and later between processes). */
export interface EventBus {
  publish(event: RuntimeEvent): void;
  /**
   * Returns how to stop listening.
   *
   * @param types - Messages to hear; without it all, also those that are made only when somebody listens.
   */
  subscribe(
    listener: (event: RuntimeEvent) => void,
    types?: readonly RuntimeEvent['type'][],
  ): () => void;
  /** Whether anybody hears all messages. False: those nobody chose by their type need not be made. */
  readonly hasListeners: boolean;
  /** How many hear all messages. */
  readonly listeners: number;
  /** Calls `greeter` each time somebody begins to hear all messages. */
  greet(greeter: () => void): void;
}

/** A push message, or word that a workflow's published triggers changed. */
export type RuntimeEvent =
  PushEvent | { readonly type: 'triggers-changed'; readonly workflowId: string };
