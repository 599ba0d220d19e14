import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams, MaybeInstant } from './list.ts';

const limit = (maximum: number) => Type.Union([Type.Integer({ minimum: 1, maximum }), Type.Null()]);

/** How long ended executions of one workflow are kept. Null: no limit of this kind. */
export const WorkflowRetention = Type.Object({
  maxAgeDays: limit(36_500),
  maxCount: limit(1_000_000_000),
});
export type WorkflowRetention = Static<typeof WorkflowRetention>;

/** How long ended executions are kept, where their workflow says nothing else. Null: no limit. */
export const RetentionRules = Type.Object({
  ...WorkflowRetention.properties,
  /** Megabytes of run data; above it the oldest go, whatever their workflow says. */
  maxSizeMb: limit(1_000_000_000),
});
export type RetentionRules = Static<typeof RetentionRules>;

/** What the instance holds. */
export const StorageMeter = Type.Object({
  /** Size of the whole database on disk. */
  databaseBytes: Type.Integer(),
  /** Part of it that is free for new data. */
  freeBytes: Type.Integer(),
  executions: Type.Integer(),
  /** When the oldest ended execution was made. */
  oldest: MaybeInstant,
  /** Those with most executions, most first. */
  workflows: Type.Array(
    Type.Object({ id: Type.String(), name: Type.String(), executions: Type.Integer() }),
  ),
});
export type StorageMeter = Static<typeof StorageMeter>;

export const Retention = Type.Object({
  rules: RetentionRules,
  /** Workflows with rules of their own, by id. */
  workflows: Type.Record(Type.String(), WorkflowRetention),
  meter: StorageMeter,
});
export type Retention = Static<typeof Retention>;

export const PruneResult = Type.Object({
  deletedExecutions: Type.Integer(),
  /** What the database file, or its tables, became smaller by. */
  freedBytes: Type.Integer(),
});
export type PruneResult = Static<typeof PruneResult>;

export const getRetention = endpoint({
  method: 'GET',
  url: '/retention',
  access: 'setting:read',
  response: { 200: Retention },
});

export const putRetention = endpoint({
  method: 'PUT',
  url: '/retention',
  access: 'setting:update',
  body: RetentionRules,
  response: { 200: RetentionRules },
});

/** Rules of one workflow; both null: it keeps everything until the size budget is reached. */
export const putWorkflowRetention = endpoint({
  method: 'PUT',
  url: '/workflows/:id/retention',
  access: 'workflow:update',
  params: IdParams,
  body: WorkflowRetention,
  response: { 200: WorkflowRetention },
});

/** The workflow follows the instance's rules again. */
export const deleteWorkflowRetention = endpoint({
  method: 'DELETE',
  url: '/workflows/:id/retention',
  access: 'workflow:update',
  params: IdParams,
  response: { 204: Type.Null() },
});

/** Deletes now what the rules let go, and answers when it is done. */
export const pruneNow = endpoint({
  method: 'POST',
  url: '/retention/prune',
  access: 'setting:update',
  response: { 200: PruneResult },
});
