import { EntitySchema } from 'typeorm';

/** A published polling trigger. Claimed by moving `nextAt` on; the cursor moves with the execution it starts. */
export interface PollRow {
  id: string;
  workflowId: string;
  versionId: string;
  node: string;
  /** JSON list of the rules that say when to look. */
  rules: string;
  timezone: string;
  /** JSON of what the last accepted poll returned; null before the first. */
  cursor: string | null;
  nextAt: number;
  /** In a row; spaces the tries. */
  failures: number;
  lastError: string | null;
  createdAt: number;
}

export const PollEntity = new EntitySchema<PollRow>({
  name: 'poll',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_poll' },
    workflowId: { type: 'varchar', length: 36 },
    versionId: { type: 'varchar', length: 36 },
    node: { type: 'varchar', length: 256 },
    rules: { type: 'text' },
    timezone: { type: 'varchar', length: 64 },
    cursor: { type: 'text', nullable: true },
    nextAt: { type: 'bigint' },
    failures: { type: 'integer' },
    lastError: { type: 'text', nullable: true },
    createdAt: { type: 'bigint' },
  },
  uniques: [{ name: 'uq_poll_node', columns: ['workflowId', 'node'] }],
  indices: [{ name: 'ix_poll_next', columns: ['nextAt'] }],
  foreignKeys: [
    {
      name: 'fk_poll_workflow',
      target: 'workflow',
      columnNames: ['workflowId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
