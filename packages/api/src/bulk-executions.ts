import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { ExecutionFilter, RetryInput } from './executions.ts';
import { IdParams, Instant, MaybeInstant } from './list.ts';

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
