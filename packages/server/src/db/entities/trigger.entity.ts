import { EntitySchema } from 'typeorm';

/** An address a workflow answers at. Looked up on each call. */
export interface WebhookRouteRow {
  id: string;
  workflowId: string;
  versionId: string | null;
  /** Below `/webhook`, or below `/form`. */
  kind: 'webhook' | 'form';
  node: string;
  /** Which of the node's webhooks (`default`, `setup`). */
  webhookName: string;
  method: string;
  /** Without slashes at its ends; segments such as `:id` are parameters. */
  path: string;
  segmentCount: number;
  hasParams: boolean;
  expiresAt: number | null;
  createdAt: number;
}

export const WebhookRouteEntity = new EntitySchema<WebhookRouteRow>({
  name: 'webhook_route',
  columns: {
    id: {
      type: 'varchar',
      length: 36,
      primary: true,
      primaryKeyConstraintName: 'pk_webhook_route',
    },
    workflowId: { type: 'varchar', length: 36 },
    versionId: { type: 'varchar', length: 36, nullable: true },
    kind: { type: 'varchar', length: 16 },
    node: { type: 'varchar', length: 256 },
    webhookName: { type: 'varchar', length: 64 },
    method: { type: 'varchar', length: 16 },
    path: { type: 'varchar', length: 512 },
    segmentCount: { type: 'integer' },
    hasParams: { type: 'boolean' },
    expiresAt: { type: 'bigint', nullable: true },
    createdAt: { type: 'bigint' },
  },
  uniques: [{ name: 'uq_webhook_route', columns: ['kind', 'method', 'path'] }],
  indices: [{ name: 'ix_webhook_route_workflow', columns: ['workflowId'] }],
  foreignKeys: [
    {
      name: 'fk_webhook_route_workflow',
      target: 'workflow',
      columnNames: ['workflowId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

/** A call that came before the pause it is for. */
export interface KeptCallRow {
  executionId: string;
  /** How many pauses the execution had before. */
  waits: number;
  suffix: string;
  /** JSON of the request. */
  request: string;
  createdAt: number;
}

export const KeptCallEntity = new EntitySchema<KeptCallRow>({
  name: 'kept_call',
  columns: {
    executionId: {
      type: 'varchar',
      length: 36,
      primary: true,
      primaryKeyConstraintName: 'pk_kept_call',
    },
    waits: { type: 'integer' },
    suffix: { type: 'varchar', length: 512 },
    request: { type: 'text' },
    createdAt: { type: 'bigint' },
  },
  foreignKeys: [
    {
      name: 'fk_kept_call_execution',
      target: 'execution',
      columnNames: ['executionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

/** One rule of a published schedule trigger. Claimed by moving `nextAt` on. */
export interface ScheduleRow {
  id: string;
  workflowId: string;
  versionId: string;
  node: string;
  ruleIndex: number;
  cron: string;
  /** JSON of the rule's `every`; null when it fires on each match. */
  every: string | null;
  timezone: string;
  /** What to do with times that passed while nobody was there. */
  missed: 'skip' | 'once' | 'all';
  nextAt: number;
  lastAt: number | null;
  createdAt: number;
}

export const ScheduleEntity = new EntitySchema<ScheduleRow>({
  name: 'schedule',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_schedule' },
    workflowId: { type: 'varchar', length: 36 },
    versionId: { type: 'varchar', length: 36 },
    node: { type: 'varchar', length: 256 },
    ruleIndex: { type: 'integer' },
    cron: { type: 'varchar', length: 255 },
    every: { type: 'text', nullable: true },
    timezone: { type: 'varchar', length: 64 },
    missed: { type: 'varchar', length: 8 },
    nextAt: { type: 'bigint' },
    lastAt: { type: 'bigint', nullable: true },
    createdAt: { type: 'bigint' },
  },
  uniques: [{ name: 'uq_schedule_rule', columns: ['workflowId', 'node', 'ruleIndex'] }],
  indices: [{ name: 'ix_schedule_next', columns: ['nextAt'] }],
  foreignKeys: [
    {
      name: 'fk_schedule_workflow',
      target: 'workflow',
      columnNames: ['workflowId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
