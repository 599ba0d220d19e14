import type { ErrorData, Item, JsonObject, RunSource } from '@millrace/workflow/items';
import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams, Instant, listOf, ListQuery, MaybeInstant, Nothing } from './list.ts';

export const ExecutionStatus = Type.Union([
  Type.Literal('new'),
  Type.Literal('running'),
  Type.Literal('waiting'),
  Type.Literal('success'),
  Type.Literal('error'),
  Type.Literal('canceled'),
]);
export type ExecutionStatus = Static<typeof ExecutionStatus>;

export const Execution = Type.Object({
  id: Type.String(),
  workflowId: Type.String(),
  workflowName: Type.String(),
  /** The version it is pinned to; null for a run of the draft. */
  versionId: Type.Union([Type.String(), Type.Null()]),
  mode: Type.String(),
  status: ExecutionStatus,
  createdAt: Instant,
  startedAt: MaybeInstant,
  finishedAt: MaybeInstant,
  /** When a waiting execution goes on by itself. */
  waitUntil: MaybeInstant,
  lastNode: Type.Union([Type.String(), Type.Null()]),
  error: Type.Union([
    Type.Unsafe<ErrorData>(Type.Object({}, { additionalProperties: true })),
    Type.Null(),
  ]),
});
export type Execution = Static<typeof Execution>;

/** One run of a node. `outputs` has one list of items per output. */
export interface RunData {
  readonly outputs: readonly (readonly Item[] | null)[];
  readonly status: 'success' | 'error' | 'waiting' | 'canceled';
  readonly attempt: number;
  readonly runIndex: number;
  readonly seq: number;
  /** ms since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly sources: readonly (RunSource | null)[];
  readonly error?: ErrorData;
  /** Tries that failed before `attempt`; absent when there were none. */
  readonly attempts?: readonly {
    readonly attempt: number;
    readonly startedAt: number;
    readonly durationMs: number;
    readonly error: ErrorData;
  }[];
}

/** A draft that waits at its test addresses for one call. */
export const TestListening = Type.Object({
  until: Instant,
  addresses: Type.Array(
    Type.Object({ node: Type.String(), method: Type.String(), url: Type.String() }),
  ),
});
export type TestListening = Static<typeof TestListening>;

/** What holds an execution back. */
export const LimitReason = Type.Object({
  /** Whose limit, and which; `order`: one with the same key came before it and waits. */
  name: Type.Union([
    Type.Literal('workflow-concurrency'),
    Type.Literal('workflow-rate'),
    Type.Literal('key-concurrency'),
    Type.Literal('key-rate'),
    Type.Literal('order'),
    Type.Literal('credential-concurrency'),
    Type.Literal('credential-rate'),
  ]),
  /** The key it shares the limit by. */
  key: Type.Optional(Type.String()),
  /** Name of the credential whose limit it is. */
  credential: Type.Optional(Type.String()),
});
export type LimitReason = Static<typeof LimitReason>;

/** What an execution waits for. */
export const WaitReason = Type.Object({
  /**
   * `person`: a crash cut the node off, and somebody has to decide (`POST …/decide`). `limit`: it is
   * `new` or `running`, and `limit` says what holds it back.
   */
  for: Type.Union([
    Type.Literal('time'),
    Type.Literal('call'),
    Type.Literal('form'),
    Type.Literal('person'),
    Type.Literal('limit'),
  ]),
  /** Empty while the whole execution waits. */
  node: Type.String(),
  /** When it goes on by itself. */
  until: MaybeInstant,
  /** Where it can be called; only for those who may edit the workflow. */
  address: Type.Union([Type.String(), Type.Null()]),
  /** Set with `for: limit`. */
  limit: Type.Optional(LimitReason),
});
export type WaitReason = Static<typeof WaitReason>;

/** An execution with what its nodes did: `data=true` adds `order` and `runData`. */
export const ExecutionDetail = Type.Object({
  ...Execution.properties,
  /** Node names in time order, one per run. */
  order: Type.Optional(Type.Array(Type.String())),
  runData: Type.Optional(
    Type.Unsafe<Readonly<Record<string, readonly RunData[]>>>(
      Type.Object({}, { additionalProperties: true }),
    ),
  ),
  customData: Type.Optional(Type.Record(Type.String(), Type.String())),
  /** Set while the draft waits for the call that will start it. Cancel the execution to stop. */
  listening: Type.Optional(TestListening),
  /** Why it waits, while it does. */
  waiting: Type.Optional(WaitReason),
  /** The key it shares a limit by; absent when it has none. */
  limitKey: Type.Optional(Type.String()),
  /** Why its key could not be worked out: only the limits of the workflow hold it. */
  limitKeyError: Type.Optional(Type.String()),
});
export type ExecutionDetail = Static<typeof ExecutionDetail>;

/** How to start a workflow by hand. */
export const ExecuteInput = Type.Object({
  /** Items the start node puts out. */
  input: Type.Optional(
    Type.Array(Type.Unsafe<Item>(Type.Object({}, { additionalProperties: true })), {
      maxItems: 100_000,
    }),
  ),
  /** Node to start at; absent: the engine finds it. */
  startNode: Type.Optional(Type.String({ maxLength: 256 })),
  /** Run only what this node needs. */
  to: Type.Optional(Type.String({ maxLength: 256 })),
  pinData: Type.Optional(Type.Unsafe<JsonObject>(Type.Object({}, { additionalProperties: true }))),
  /** Execution whose runs may be used again in place of running nodes before `to`. */
  reuse: Type.Optional(Type.String({ maxLength: 64 })),
  /** Answer only when it has ended or pauses. */
  wait: Type.Optional(Type.Boolean()),
});
export type ExecuteInput = Static<typeof ExecuteInput>;

/** Runs the published version (the draft when nothing is published). */
export const executeWorkflow = endpoint({
  method: 'POST',
  url: '/workflows/:id/execute',
  access: 'workflow:execute',
  params: IdParams,
  body: ExecuteInput,
  response: { 202: ExecutionDetail },
});

/**
 * Runs the draft, with pinned data. One that begins with a webhook or a form, and is given no items,
 * listens at its test addresses for one call: the answer has `listening`.
 */
export const testWorkflow = endpoint({
  method: 'POST',
  url: '/workflows/:id/test',
  access: 'workflow:execute',
  params: IdParams,
  body: ExecuteInput,
  response: { 202: ExecutionDetail },
});

/** Which executions: all that fit every part. */
export const ExecutionFilter = Type.Object({
  workflowId: Type.Optional(Type.String({ maxLength: 64 })),
  status: Type.Optional(ExecutionStatus),
  mode: Type.Optional(Type.String({ maxLength: 32 })),
  /** Only those created at or after / before. */
  since: Type.Optional(Instant),
  until: Type.Optional(Instant),
  /** Those that noted this as custom execution data; with `customValue` only those that noted just that. */
  customKey: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_]{1,50}$' })),
  customValue: Type.Optional(Type.String({ maxLength: 512 })),
  /** Ended ones in whose run data each of these words begins a word. */
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
});
export type ExecutionFilter = Static<typeof ExecutionFilter>;

/** A page of executions. */
const ExecutionPage = Type.Object({
  ...listOf(Execution).properties,
  /** Set when a search by text has not seen all executions yet: ask again in a moment. */
  isIndexing: Type.Optional(Type.Boolean()),
});

export const listWorkflowExecutions = endpoint({
  method: 'GET',
  url: '/workflows/:id/executions',
  access: 'execution:list',
  params: IdParams,
  querystring: Type.Object({
    ...ListQuery.properties,
    status: Type.Optional(ExecutionStatus),
  }),
  response: { 200: ExecutionPage },
});

export const listExecutions = endpoint({
  method: 'GET',
  url: '/executions',
  access: 'execution:list',
  querystring: Type.Object({ ...ListQuery.properties, ...ExecutionFilter.properties }),
  response: { 200: ExecutionPage },
});

export const getExecution = endpoint({
  method: 'GET',
  url: '/executions/:id',
  access: 'execution:read',
  params: IdParams,
  querystring: Type.Object({ data: Type.Optional(Type.Boolean()) }),
  response: { 200: ExecutionDetail },
});

/** How an execution is tried again. */
export const RetryInput = Type.Object({
  /** Node to begin at; the runs before it are kept. Absent: from the trigger. */
  from: Type.Optional(Type.String({ maxLength: 256 })),
  /** Begin at the node that failed. */
  fromFailed: Type.Optional(Type.Boolean()),
  /** On the version it ran on (`same`), or on the one published now. */
  version: Type.Optional(Type.Union([Type.Literal('same'), Type.Literal('published')])),
});
export type RetryInput = Static<typeof RetryInput>;

/** Runs it again, as a new execution. */
export const retryExecution = endpoint({
  method: 'POST',
  url: '/executions/:id/retry',
  access: 'execution:retry',
  params: IdParams,
  body: RetryInput,
  response: { 202: ExecutionDetail },
});

/** What becomes of a node that a crash cut off: it runs again, or it counts as failed. */
export const DecideInput = Type.Object({
  decision: Type.Union([Type.Literal('again'), Type.Literal('fail')]),
});
export type DecideInput = Static<typeof DecideInput>;

/** Goes on with an execution that waits for a person's word on a node that a crash cut off. */
export const decideExecution = endpoint({
  method: 'POST',
  url: '/executions/:id/decide',
  access: 'execution:decide',
  params: IdParams,
  body: DecideInput,
  response: { 202: Execution },
});

export const cancelExecution = endpoint({
  method: 'POST',
  url: '/executions/:id/cancel',
  access: 'execution:cancel',
  params: IdParams,
  response: { 200: Execution },
});

export const deleteExecution = endpoint({
  method: 'DELETE',
  url: '/executions/:id',
  access: 'execution:delete',
  params: IdParams,
  response: { 204: Nothing },
});

/** The same act on many executions: those named, or all that fit a filter. */
export const BulkInput = Type.Object({
  action: Type.Union([Type.Literal('retry'), Type.Literal('cancel'), Type.Literal('delete')]),
  ids: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 10_000 })),
  filter: Type.Optional(ExecutionFilter),
  /** For `retry`. */
  retry: Type.Optional(RetryInput),
});
export type BulkInput = Static<typeof BulkInput>;

/** How far an act on many has come. Those that could not be done are skipped and counted. */
export const BulkProgress = Type.Object({
  id: Type.String(),
  action: BulkInput.properties.action,
  status: Type.Union([Type.Literal('running'), Type.Literal('done'), Type.Literal('stopped')]),
  total: Type.Integer(),
  done: Type.Integer(),
  failed: Type.Integer(),
  /** Why the first one failed. */
  firstError: Type.Union([Type.String(), Type.Null()]),
  createdAt: Instant,
  finishedAt: MaybeInstant,
});
export type BulkProgress = Static<typeof BulkProgress>;

export const startBulk = endpoint({
  method: 'POST',
  url: '/executions/bulk',
  access: 'execution:bulk',
  summary: 'Retry, cancel or delete many executions; ask for the progress with the id',
  body: BulkInput,
  response: { 202: BulkProgress },
});

export const getBulk = endpoint({
  method: 'GET',
  url: '/executions/bulk/:id',
  access: 'execution:bulk',
  params: IdParams,
  response: { 200: BulkProgress },
});
