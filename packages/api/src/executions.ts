import type { Item, JsonObject } from '@millrace/workflow/items';
import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { Execution, ExecutionDetail, ExecutionStatus } from './execution.ts';
import { IdParams, Instant, listOf, ListQuery, Nothing } from './list.ts';

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
