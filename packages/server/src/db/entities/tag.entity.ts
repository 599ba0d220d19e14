import { EntitySchema } from 'typeorm';

/** A label people put on workflows. */
export interface TagRow {
  id: string;
  name: string;
  createdAt: number;
}

export const TagEntity = new EntitySchema<TagRow>({
  name: 'tag',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_tag' },
    name: { type: 'varchar', length: 64 },
    createdAt: { type: 'bigint' },
  },
  uniques: [{ name: 'uq_tag_name', columns: ['name'] }],
});

export interface WorkflowTagRow {
  workflowId: string;
  tagId: string;
}

export const WorkflowTagEntity = new EntitySchema<WorkflowTagRow>({
  name: 'workflow_tag',
  columns: {
    workflowId: {
      type: 'varchar',
      length: 36,
      primary: true,
      primaryKeyConstraintName: 'pk_workflow_tag',
    },
    tagId: {
      type: 'varchar',
      length: 36,
      primary: true,
      primaryKeyConstraintName: 'pk_workflow_tag',
    },
  },
  indices: [{ name: 'ix_workflow_tag_tag', columns: ['tagId'] }],
  foreignKeys: [
    {
      name: 'fk_workflow_tag_workflow',
      target: 'workflow',
      columnNames: ['workflowId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
    {
      name: 'fk_workflow_tag_tag',
      target: 'tag',
      columnNames: ['tagId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
