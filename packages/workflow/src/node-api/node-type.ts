import type { JsonObject, Outputs } from '../items/index.ts';
import type { ExecuteContext, ListenContext, PollContext, WebhookContext } from './context.ts';
import type { NodeDescription } from './description.ts';

/** A pause: the run is over for now and goes on at `until` (ms since the epoch) or when it is called. */
export interface WaitRequest {
  readonly kind: 'wait';
  /** ms since the epoch; absent means until called. */
  readonly until?: number;
  readonly resume: 'time' | 'webhook' | 'form';
  /** What a time-based resume puts out; a called one puts out what the call brought. */
  readonly outputs?: Outputs;
}

/** Outputs, `null` ("ended well, nothing to send") or a pause. */
export type NodeResult = Outputs | WaitRequest | null;

/** What a webhook node makes of a request. Without `outputs` no execution is started. */
export interface WebhookOutcome {
  readonly outputs?: Outputs;
  /** Answer at once with this, in place of what `responseMode` would send. */
  readonly response?: WebhookResponse;
}

export interface WebhookResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A string or bytes go out as they are, anything else as JSON; absent is an empty body. */
  readonly body?: unknown;
}

/** What a poll found. Stored in one transaction with the execution it starts. */
export interface PollOutcome {
  /** Nothing new when all are empty: the cursor moves, no execution is started. */
  readonly outputs: Outputs;
  /** Handed to the next poll. */
  readonly cursor: JsonObject;
  /** There is more than was taken: look again at once. */
  readonly hasMore?: boolean;
  /** Done after the execution is stored, such as marking mails as read. Failing is logged only. */
  accepted?(): Promise<void>;
}

/** When a schedule node fires: a cron line (5 or 6 fields) in the workflow's time zone. */
export interface ScheduleRule {
  readonly cron: string;
  /**
   * Fire only on each n-th match, for "every n weeks/months". Seconds and minutes are counted from
   * the moment the workflow was published; `cron` is then every second or minute.
   */
  readonly every?: {
    readonly unit: 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks' | 'months';
    readonly count: number;
  };
}

/** What a node is at run time, whichever way it was written (architecture, decision 8). */
export interface NodeType {
  readonly description: NodeDescription;
  execute?(context: ExecuteContext): Promise<NodeResult> | NodeResult;
  /** Turns a request into trigger items (webhook triggers) or into a waiting node's output. */
  webhook?(context: WebhookContext): Promise<WebhookOutcome>;
  /** The rules of a schedule trigger, from its resolved parameters. */
  schedules?(parameters: JsonObject): readonly ScheduleRule[];
  /** Looks for what is new since the cursor. A type with this hook also has {@link pollRules}. */
  poll?(context: PollContext): Promise<PollOutcome>;
  /** When to look, from its resolved parameters. */
  pollRules?(parameters: JsonObject): readonly ScheduleRule[];
  /**
   * Holds a connection and emits what comes, for as long as the workflow is published. The host runs it
   * in one process at a time. When it resolves, the other side ended it and it is begun again soon;
   * when it rejects, later each time.
   */
  listen?(context: ListenContext): Promise<void>;
}

/** The node types a process knows. */
export interface NodeRegistry {
  /** The type for exactly this version; without a version, the newest default. */
  find(type: string, version?: number): NodeType | undefined;
  list(): readonly NodeType[];
}
