import { EntitySchema } from 'typeorm';

/** One call of a language model, for budgets and accounts. */
export interface LlmCallRow {
  id: string;
  at: number;
  projectId: string;
  workflowId: string;
  executionId: string;
  node: string;
  model: string;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  /** US dollars; null when the price was not known. */
  cost: number | null;
}

export const LlmCallEntity = new EntitySchema<LlmCallRow>({
  name: 'llm_call',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_llm_call' },
    at: { type: 'bigint' },
    projectId: { type: 'varchar', length: 36 },
    workflowId: { type: 'varchar', length: 36 },
    executionId: { type: 'varchar', length: 36 },
    node: { type: 'varchar', length: 256 },
    model: { type: 'varchar', length: 128 },
    inputTokens: { type: 'integer' },
    outputTokens: { type: 'integer' },
    cachedTokens: { type: 'integer' },
    cost: { type: 'double precision', nullable: true },
  },
  indices: [
    { name: 'ix_llm_call_project', columns: ['projectId', 'at'] },
    { name: 'ix_llm_call_workflow', columns: ['workflowId', 'at'] },
  ],
  foreignKeys: [
    {
      name: 'fk_llm_call_project',
      target: 'project',
      columnNames: ['projectId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

/** US dollars per million tokens of a model, from a moment on. */
export interface LlmPriceRow {
  id: string;
  model: string;
  input: number;
  output: number;
  cached: number | null;
  validFrom: number;
}

export const LlmPriceEntity = new EntitySchema<LlmPriceRow>({
  name: 'llm_price',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_llm_price' },
    model: { type: 'varchar', length: 128 },
    input: { type: 'double precision' },
    output: { type: 'double precision' },
    cached: { type: 'double precision', nullable: true },
    validFrom: { type: 'bigint' },
  },
  uniques: [{ name: 'uq_llm_price', columns: ['model', 'validFrom'] }],
});

/** A limit in US dollars for a project (`workflowId` empty) or one workflow of it. */
export interface LlmBudgetRow {
  id: string;
  projectId: string;
  /** Empty, not null: it is part of a unique key. */
  workflowId: string;
  period: 'day' | 'month';
  limit: number;
  warnAt: number;
}

export const LlmBudgetEntity = new EntitySchema<LlmBudgetRow>({
  name: 'llm_budget',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_llm_budget' },
    projectId: { type: 'varchar', length: 36 },
    workflowId: { type: 'varchar', length: 36 },
    period: { type: 'varchar', length: 8 },
    limit: { type: 'double precision' },
    warnAt: { type: 'double precision' },
  },
  uniques: [{ name: 'uq_llm_budget', columns: ['projectId', 'workflowId', 'period'] }],
  foreignKeys: [
    {
      name: 'fk_llm_budget_project',
      target: 'project',
      columnNames: ['projectId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

/** An answer kept for equal requests of the same project. */
export interface LlmCacheRow {
  /** SHA-256 of the project and everything that was asked. */
  key: string;
  answer: string;
  createdAt: number;
}

export const LlmCacheEntity = new EntitySchema<LlmCacheRow>({
  name: 'llm_cache',
  columns: {
    key: {
      type: 'varchar',
      length: 64,
      primary: true,
      primaryKeyConstraintName: 'pk_llm_cache',
    },
    answer: { type: 'text' },
    createdAt: { type: 'bigint' },
  },
  indices: [{ name: 'ix_llm_cache_created', columns: ['createdAt'] }],
});
