import type { WorkflowJson } from '../graph/index.ts';
import type { Batch, ErrorData, JsonObject } from '../items/index.ts';
import type {
  DataTables,
  ExecutionMode,
  NodeLogger,
  NodeRegistry,
  SubworkflowCall,
  SubworkflowResult,
  Tables,
  WebhookResponse,
} from '../node-api/index.ts';
import type {
  BinaryPort,
  Clock,
  CodePort,
  FilesPort,
  HostPort,
  HttpPort,
  HttpRequest,
  HttpResponse,
  JournalPort,
  LlmPort,
  Random,
  RunAttempt,
  RunRecord,
} from '../ports/index.ts';

/** One execution to run, or to go on with. */
export interface ExecutionRequest {
  readonly executionId: string;
  readonly workflow: WorkflowJson;
  readonly mode: ExecutionMode;
  /**
   * Where it begins; without a node the engine finds it (n8n-facts A3). `outputs` is what the start node puts
   * out, and it does not run; `items` is what it is given as input, and it does.
   */
  readonly start?: {
    readonly node?: string;
    readonly outputs?: readonly Batch[];
    readonly items?: Batch;
  };
  /** Run only what this node needs, then stop. */
  readonly destination?: string;
  /** Runs already recorded: a partial run reuses them, a resumed one goes on after them. */
  readonly history?: readonly RunRecord[];
  /** Set when a paused execution goes on: what the waiting node puts out. */
  readonly resume?: { readonly outputs?: readonly Batch[] };
  /** Attempts that were under way when a process died and that may not be repeated: they have failed. */
  readonly crashed?: readonly RunAttempt[];
  readonly vars?: JsonObject;
  /** Custom execution data set before the pause this execution goes on from. */
  readonly customData?: Readonly<Record<string, string>>;
  readonly resumeUrl?: string;
  readonly signal?: AbortSignal;
}

/** Told as it happens, for push messages and counters. */
export type EngineEvent =
  | {
      readonly type: 'run-started';
      readonly node: string;
      readonly runIndex: number;
      readonly attempt: number;
      readonly at: number;
    }
  | { readonly type: 'run-finished'; readonly run: RunRecord };

/** How a node names a credential. */
export interface CredentialRef {
  readonly id: string | null;
  readonly name: string;
}

/** What the project of a workflow keeps. Made when a node first asks for it. */
export interface ProjectStorage {
  readonly tables: Tables;
  readonly dataTables: DataTables;
}

/** The attempt that uses a credential. The signal ends with the execution. */
export interface CredentialUse extends RunAttempt {
  readonly signal: AbortSignal;
}

/** The outside world, as the engine sees it. */
export interface EnginePorts {
  readonly nodes: NodeRegistry;
  readonly journal: JournalPort;
  readonly clock: Clock;
  readonly random: Random;
  readonly http: HttpPort;
  readonly binary: BinaryPort;
  readonly code: CodePort;
  readonly logger: NodeLogger;
  /** Absent where nothing is kept: nodes that open a table then fail and say so. */
  readonly storage?: ProjectStorage;
  /** Absent where nothing but HTTP is let out. */
  readonly hosts?: HostPort;
  /** Absent where the operator opened no folder. */
  readonly files?: FilesPort;
  credential(type: string, ref: CredentialRef, use: CredentialUse): Promise<JsonObject>;
  /** Sends a request with a credential joined to it; the node never holds the secret. */
  signedRequest(
    type: string,
    ref: CredentialRef,
    request: HttpRequest,
    use: CredentialUse,
  ): Promise<HttpResponse>;
  /** Told when an attempt of a node with credentials is over, however it ended. */
  attemptEnded?(attempt: RunAttempt): void;
  /** A language model behind an `llmApi` credential; its cost goes on the account of `node`. */
  llm?(ref: CredentialRef, about: { readonly node: string }): LlmPort;
  runWorkflow(
    call: SubworkflowCall,
    parent: {
      readonly executionId: string;
      readonly workflowId: string;
      readonly mode: ExecutionMode;
      /** Says which call this is: the same when the attempt is made again after a crash. */
      readonly call: string;
      /** Aborted when the parent is: a child whose end it waits for ends with it. */
      readonly signal?: AbortSignal;
    },
  ): Promise<SubworkflowResult>;
  respond(response: WebhookResponse): Promise<void>;
  /** Live object, kept between production executions; the caller saves it when it changed. */
  staticData(scope: 'global' | { readonly node: string }): Record<string, unknown>;
  emit?(event: EngineEvent): void;
}

/** How it ended, or why it paused. */
export interface ExecutionOutcome {
  readonly status: 'success' | 'error' | 'waiting' | 'canceled';
  readonly error?: ErrorData;
  readonly lastNode?: string;
  /** Every run in time order, those of `history` that still count included. */
  readonly runs: readonly RunRecord[];
  readonly waiting?: {
    readonly node: string;
    readonly until?: number;
    readonly resume: 'time' | 'webhook' | 'form';
  };
  readonly customData?: Readonly<Record<string, string>>;
}

/**
 * Runs a workflow to its end or its next pause. Never rejects for what the workflow does:
 * that is an outcome. Rejects only when a port does (the journal lost, the lease gone).
 */
export type RunExecution = (
  request: ExecutionRequest,
  ports: EnginePorts,
) => Promise<ExecutionOutcome>;
