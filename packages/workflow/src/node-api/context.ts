import type { WorkflowSettings, NodeJson } from '../graph/index.ts';
import type { Batch, BinaryData, Item, JsonObject, Outputs, RunSource } from '../items/index.ts';
import type {
  BinaryPort,
  CodePort,
  FilesPort,
  HostPort,
  HttpPort,
  LlmPort,
} from '../ports/index.ts';
import type { WebhookResponse } from './node-type.ts';
import type { DataTables } from './data-tables.ts';
import type { Tables } from './tables.ts';

/** How an execution was started (n8n-facts A2). */
export type ExecutionMode =
  'manual' | 'webhook' | 'trigger' | 'cli' | 'error' | 'integrated' | 'retry';

export interface ParamOptions {
  readonly fallback?: unknown;
  /** Resource locators give their value, filters their verdict (n8n-facts C5.6). */
  readonly extractValue?: boolean;
  readonly ensureType?: 'string' | 'number' | 'boolean' | 'object' | 'array' | 'json';
  /** Give expressions as written. */
  readonly raw?: boolean;
  /** Do not make the value fit the property's `validateType`. */
  readonly skipValidation?: boolean;
}

export interface NodeLogger {
  debug(message: string, details?: JsonObject): void;
  info(message: string, details?: JsonObject): void;
  warn(message: string, details?: JsonObject): void;
  error(message: string, details?: JsonObject): void;
}

/** What every node hook is given. */
export interface BaseContext {
  readonly node: NodeJson;
  readonly workflow: {
    readonly id: string;
    readonly name: string;
    readonly active: boolean;
    readonly settings: WorkflowSettings;
  };
  readonly mode: ExecutionMode;
  /** IANA name of the workflow's zone. */
  readonly timezone: string;
  readonly logger: NodeLogger;
  readonly binary: BinaryPort;
  readonly http: HttpPort;
  /** Now, ms since the epoch. */
  now(): number;
  /**
   * A parameter with its expressions resolved against one item.
   *
   * @param path - Lodash-style: `options.values[0].name`.
   * @throws {ParamError} when it has no value and no fallback is given.
   * @throws {MillraceError} what the expression threw.
   */
  param<T = unknown>(path: string, itemIndex: number, options?: ParamOptions): T;
  /** A decrypted credential of this type. @throws {MillraceError} `CRED_MISSING` */
  credential(type: string, itemIndex?: number): Promise<JsonObject>;
  /** Kept between production executions, for the whole workflow or this node. Change it in place. */
  staticData(scope: 'global' | 'node'): Record<string, unknown>;
}

/** What `execute` is given: the batches, the parameters, and the ports of the outside world. */
export interface ExecuteContext extends BaseContext {
  readonly executionId: string;
  readonly runIndex: number;
  /** 1 on the first try. */
  readonly attempt: number;
  /** The same over all attempts of this run: execution + node + run index. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  readonly code: CodePort;
  /** Addresses for libraries that open their own sockets. */
  readonly hosts: HostPort;
  /** The folder nodes may read and write; absent unless the operator opened one. */
  readonly files?: FilesPort;
  /** A language model; absent when the node has no `llmApi` credential, or the host knows no models. */
  readonly llm?: LlmPort;
  readonly resumeUrl: string;
  /** The tables of the installed packages, as the workflow's project sees them. */
  readonly tables: Tables;
  /** The tables people made in the workflow's project. */
  readonly dataTables: DataTables;
  /** True when errors are to become items (n8n-facts A7.33). */
  readonly continueOnFail: boolean;
  /** State this node keeps through one execution (loops). Change it in place. */
  readonly state: Record<string, unknown>;
  /** The items on input `index`; empty when nothing is wired or came. */
  items(index?: number): Batch;
  /** Wired input indexes that carry data in this run. */
  readonly inputs: readonly (Batch | null)[];
  /** The runs that fed the inputs, per input index; loops put them into `sourceOverwrite`. */
  readonly sources?: readonly (RunSource | null)[];
  /** Evaluates one expression text (with its leading `=`) against an item. */
  evaluate(text: string, itemIndex: number, extra?: JsonObject): unknown;
  /** Everything an expression may see for an item, as plain data, for shipping into the sandbox. */
  codeScope(itemIndex: number): JsonObject;
  /** Answers the caller of the webhook that started this execution. */
  respond(response: WebhookResponse): Promise<void>;
  /** Runs another workflow and gives the outputs of its last node. */
  runWorkflow(call: SubworkflowCall): Promise<SubworkflowResult>;
  /** Custom execution data (n8n-facts A12.61). */
  readonly customData: {
    set(key: string, value: unknown): void;
    get(key: string): string | undefined;
    getAll(): Readonly<Record<string, string>>;
  };
  /** Waits without holding the thread. Rejects when the execution is cancelled. */
  sleep(ms: number): Promise<void>;
}

export interface SubworkflowCall {
  readonly workflow: { readonly id: string } | { readonly json: JsonObject };
  readonly items: Batch;
  readonly waitForEnd: boolean;
}

export interface SubworkflowResult {
  readonly executionId: string;
  readonly outputs: readonly (readonly Item[])[];
}

/** An HTTP request as it reached a webhook: canonical names, parsed and raw body. */
export interface WebhookRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly rawBody: Uint8Array;
  readonly files: readonly { readonly field: string; readonly binary: BinaryData }[];
  readonly ip: string;
}

export interface WebhookContext extends BaseContext {
  readonly request: WebhookRequest;
  readonly webhookName: string;
  /** The tables of the installed packages, as the workflow's project sees them. */
  readonly tables: Tables;
  /** Evaluates one expression text (with its leading `=`) against the item the node made of the request. */
  evaluate?(text: string, item: Item): unknown;
}

/** What `poll` is given: the world as a trigger sees it, and how far it has read. */
export interface PollContext extends BaseContext {
  readonly hosts: HostPort;
  readonly signal: AbortSignal;
  /**
   * The tables of the installed packages. What a poll writes must be the same when it is done again:
   * it is, when somebody dies before the cursor is stored.
   */
  readonly tables: Tables;
  /** What the last accepted poll returned, or the last event brought; `null` on the first. */
  readonly cursor: JsonObject | null;
}

/** What `listen` is given. Its signal ends it; its cursor is what the last stored event brought. */
export interface ListenContext extends PollContext {
  /**
   * Stores an execution that puts these out. Where events can be asked for again, wait for it before
   * the next: what was not stored is then sent anew.
   *
   * @param cursor - Handed to the next `listen`; stored in one transaction with the execution.
   */
  emit(outputs: Outputs, cursor?: JsonObject): Promise<void>;
}
