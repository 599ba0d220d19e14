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
}

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

/** Runs the draft, with pinned data. */
export const testWorkflow = endpoint({
  method: 'POST',
  url: '/workflows/:id/test',
  access: 'workflow:execute',
  params: IdParams,
  body: ExecuteInput,
  response: { 202: ExecutionDetail },
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
  response: { 200: listOf(Execution) },
});

export const listExecutions = endpoint({
  method: 'GET',
  url: '/executions',
  access: 'execution:list',
  querystring: Type.Object({
    ...ListQuery.properties,
    workflowId: Type.Optional(Type.String({ maxLength: 64 })),
    status: Type.Optional(ExecutionStatus),
    mode: Type.Optional(Type.String({ maxLength: 32 })),
    /** Only those created at or after / before. */
    since: Type.Optional(Instant),
    until: Type.Optional(Instant),
  }),
  response: { 200: listOf(Execution) },
});

export const getExecution = endpoint({
  method: 'GET',
  url: '/executions/:id',
  access: 'execution:read',
  params: IdParams,
  querystring: Type.Object({ data: Type.Optional(Type.Boolean()) }),
  response: { 200: ExecutionDetail },
});

/** Runs it again from its trigger, or from node `from` with the runs before it kept. */
export const retryExecution = endpoint({
  method: 'POST',
  url: '/executions/:id/retry',
  access: 'execution:retry',
  params: IdParams,
  body: Type.Object({ from: Type.Optional(Type.String({ maxLength: 256 })) }),
  response: { 202: ExecutionDetail },
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
