import { EntitySchema } from 'typeorm';

/** A workflow: its draft, and which version is live. */
export interface WorkflowRow {
  id: string;
  projectId: string;
  name: string;
  /** The draft, as n8n's JSON. */
  draft: string;
  nodeCount: number;
  revision: number;
  publishedVersionId: string | null;
  /** The draft's revision when it was published. */
  publishedRevision: number | null;
  createdAt: number;
  updatedAt: number;
}

export const WorkflowEntity = new EntitySchema<WorkflowRow>({
  name: 'workflow',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_workflow' },
    projectId: { type: 'varchar', length: 36 },
    name: { type: 'varchar', length: 128 },
    draft: { type: 'text' },
    nodeCount: { type: 'integer' },
    revision: { type: 'integer' },
    publishedVersionId: { type: 'varchar', length: 36, nullable: true },
    publishedRevision: { type: 'integer', nullable: true },
    createdAt: { type: 'bigint' },
    updatedAt: { type: 'bigint' },
  },
  indices: [{ name: 'ix_workflow_project', columns: ['projectId'] }],
  foreignKeys: [
    {
      name: 'fk_workflow_project',
      target: 'project',
      columnNames: ['projectId'],
      referencedColumnNames: ['id'],
    },
  ],
});

/** An immutable snapshot. Production triggers run the published one. */
export interface WorkflowVersionRow {
  id: string;
  workflowId: string;
  number: number;
  name: string;
  /** n8n's JSON. */
  workflow: string;
  createdBy: string | null;
  createdAt: number;
}

export const WorkflowVersionEntity = new EntitySchema<WorkflowVersionRow>({
  name: 'workflow_version',
  columns: {
    id: {
      type: 'varchar',
      length: 36,
      primary: true,
      primaryKeyConstraintName: 'pk_workflow_version',
    },
    workflowId: { type: 'varchar', length: 36 },
    number: { type: 'integer' },
    name: { type: 'varchar', length: 128 },
    workflow: { type: 'text' },
    createdBy: { type: 'varchar', length: 36, nullable: true },
    createdAt: { type: 'bigint' },
  },
  uniques: [{ name: 'uq_workflow_version_number', columns: ['workflowId', 'number'] }],
  foreignKeys: [
    {
      name: 'fk_workflow_version_workflow',
      target: 'workflow',
      columnNames: ['workflowId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

/** What nodes keep between production executions. */
export interface StaticDataRow {
  workflowId: string;
  /** `global`, or `node:` and its name. */
  scope: string;
  /** JSON object. */
  data: string;
  updatedAt: number;
}

export const StaticDataEntity = new EntitySchema<StaticDataRow>({
  name: 'static_data',
  columns: {
    workflowId: {
      type: 'varchar',
      length: 36,
      primary: true,
      primaryKeyConstraintName: 'pk_static_data',
    },
    scope: {
      type: 'varchar',
      length: 300,
      primary: true,
      primaryKeyConstraintName: 'pk_static_data',
    },
    data: { type: 'text' },
    updatedAt: { type: 'bigint' },
  },
  foreignKeys: [
    {
      name: 'fk_static_data_workflow',
      target: 'workflow',
      columnNames: ['workflowId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
