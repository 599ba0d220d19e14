import { EntitySchema } from 'typeorm';

/** One go through a workflow. Exists before its trigger is answered. Instants: ms since the epoch. */
export interface ExecutionRow {
  id: string;
  workflowId: string;
  /** The version it is pinned to; null when it runs `snapshot`. */
  versionId: string | null;
  /** JSON of the workflow as it stood, for runs of a draft. */
  snapshot: string | null;
  mode: string;
  status: 'new' | 'running' | 'waiting' | 'success' | 'error' | 'canceled';
  startNode: string | null;
  /** JSON of what the start node puts out. */
  triggerData: string | null;
  /** Run only what this node needs. */
  destination: string | null;
  parentId: string | null;
  retryOf: string | null;
  /** JSON object of strings. */
  customData: string | null;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  /** JSON of the error. */
  error: string | null;
  lastNode: string | null;
  waitNode: string | null;
  waitUntil: number | null;
  /** SHA-256 of the one-use token that resumes it. */
  resumeTokenHash: string | null;
  leaseOwner: string | null;
  leaseUntil: number | null;
  /** Goes up with each claim; a write with an older one is refused. */
  fence: number;
  /** JSON of what a resumed pause puts out; null when it does not go on from a pause. */
  resumeData: string | null;
  /** JSON: attempts that may not be repeated unasked. Those without a run in the journal were cut off. */
  inFlight: string | null;
  /** How often it was begun again since its journal last grew. */
  restarts: number;
  /** Runs in the journal when it was last begun again. */
  restartRuns: number;
  /** Executions of a workflow with the same key share a limit; null when nothing is shared. */
  limitKey: string | null;
  /** Why its key could not be worked out. */
  limitError: string | null;
  /** While it waits for a limit: which one. Only the first in line has a `waitUntil` beside it. */
  limitedBy: LimitName | null;
}

/** What an execution waits for; `order` is for another of the same key that came before it. */
export type LimitName =
  'workflow-concurrency' | 'workflow-rate' | 'key-concurrency' | 'key-rate' | 'order';

/** Those that only a limit of their workflow holds back, as its index says it. */
export const HELD_BY_WORKFLOW = `"limitedBy" IN ('workflow-concurrency', 'workflow-rate')`;

export const ExecutionEntity = new EntitySchema<ExecutionRow>({
  name: 'execution',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_execution' },
    workflowId: { type: 'varchar', length: 36 },
    versionId: { type: 'varchar', length: 36, nullable: true },
    snapshot: { type: 'text', nullable: true },
    mode: { type: 'varchar', length: 16 },
    status: { type: 'varchar', length: 16 },
    startNode: { type: 'varchar', length: 256, nullable: true },
    triggerData: { type: 'text', nullable: true },
    destination: { type: 'varchar', length: 256, nullable: true },
    parentId: { type: 'varchar', length: 36, nullable: true },
    retryOf: { type: 'varchar', length: 36, nullable: true },
    customData: { type: 'text', nullable: true },
    createdAt: { type: 'bigint' },
    startedAt: { type: 'bigint', nullable: true },
    finishedAt: { type: 'bigint', nullable: true },
    error: { type: 'text', nullable: true },
    lastNode: { type: 'varchar', length: 256, nullable: true },
    waitNode: { type: 'varchar', length: 256, nullable: true },
    waitUntil: { type: 'bigint', nullable: true },
    resumeTokenHash: { type: 'varchar', length: 64, nullable: true },
    leaseOwner: { type: 'varchar', length: 64, nullable: true },
    leaseUntil: { type: 'bigint', nullable: true },
    fence: { type: 'integer', default: 0 },
    resumeData: { type: 'text', nullable: true },
    inFlight: { type: 'text', nullable: true },
    restarts: { type: 'integer', default: 0 },
    restartRuns: { type: 'integer', default: 0 },
    limitKey: { type: 'varchar', length: 128, nullable: true },
    limitError: { type: 'text', nullable: true },
    limitedBy: { type: 'varchar', length: 32, nullable: true },
  },
  indices: [
    { name: 'ix_execution_open', columns: ['status', 'leaseUntil'], where: '"finishedAt" IS NULL' },
    { name: 'ix_execution_due', columns: ['waitUntil'], where: '"waitUntil" IS NOT NULL' },
    { name: 'ix_execution_workflow', columns: ['workflowId', 'createdAt'] },
    { name: 'ix_execution_created', columns: ['createdAt'] },
    {
      name: 'ix_execution_failed',
      columns: ['status', 'createdAt'],
      where: `"status" IN ('error', 'canceled')`,
    },
    {
      name: 'ix_execution_rare_mode',
      columns: ['mode', 'createdAt'],
      where: `"mode" IN ('manual', 'cli', 'error', 'retry')`,
    },
    { name: 'ix_execution_noted', columns: ['createdAt'], where: '"customData" IS NOT NULL' },
    {
      name: 'ix_execution_limited',
      columns: ['workflowId', 'limitKey', 'id'],
      where: '"limitedBy" IS NOT NULL',
    },
    { name: 'ix_execution_first', columns: ['workflowId', 'id'], where: HELD_BY_WORKFLOW },
  ],
});

/** The journal: one attempt of one run. Written once, never changed. */
export interface ExecutionRunRow {
  executionId: string;
  node: string;
  runIndex: number;
  attempt: number;
  seq: number;
  status: 'success' | 'error' | 'waiting' | 'canceled';
  startedAt: number;
  durationMs: number;
  /** JSON: per input. */
  sources: string;
  /** JSON: per output. */
  outputs: string;
  /** JSON of the error. */
  error: string | null;
  /** JSON list of the tries that failed before this one; null when there were none. */
  failedTries: string | null;
  /** JSON list of runs of pure nodes that were recorded with this one; null when there are none. */
  packed: string | null;
}

const runKey = { primary: true, primaryKeyConstraintName: 'pk_execution_run' } as const;

export const ExecutionRunEntity = new EntitySchema<ExecutionRunRow>({
  name: 'execution_run',
  columns: {
    executionId: { type: 'varchar', length: 36, ...runKey },
    node: { type: 'varchar', length: 256, ...runKey },
    runIndex: { type: 'integer', ...runKey },
    attempt: { type: 'integer', ...runKey },
    seq: { type: 'integer' },
    status: { type: 'varchar', length: 16 },
    startedAt: { type: 'bigint' },
    durationMs: { type: 'integer' },
    sources: { type: 'text' },
    outputs: { type: 'text' },
    error: { type: 'text', nullable: true },
    failedTries: { type: 'text', nullable: true },
    packed: { type: 'text', nullable: true },
  },
  foreignKeys: [
    {
      name: 'fk_execution_run_execution',
      target: 'execution',
      columnNames: ['executionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
