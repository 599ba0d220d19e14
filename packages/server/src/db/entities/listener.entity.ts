import { EntitySchema } from 'typeorm';

/** A published trigger that holds a connection. One process at a time listens for it. */
export interface ListenerRow {
  id: string;
  workflowId: string;
  versionId: string;
  node: string;
  /** JSON of what the last stored event brought; null before the first. */
  cursor: string | null;
  /** Who listens, or listened last; null when nobody does. */
  owner: string | null;
  /** From then on anybody may begin: the end of the owner's lease, or of the wait after an error. */
  freeAt: number;
  /** In a row; spaces the tries. */
  failures: number;
  lastError: string | null;
  createdAt: number;
}

export const ListenerEntity = new EntitySchema<ListenerRow>({
  name: 'listener',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_listener' },
    workflowId: { type: 'varchar', length: 36 },
    versionId: { type: 'varchar', length: 36 },
    node: { type: 'varchar', length: 256 },
    cursor: { type: 'text', nullable: true },
    owner: { type: 'varchar', length: 64, nullable: true },
    freeAt: { type: 'bigint' },
    failures: { type: 'integer' },
    lastError: { type: 'text', nullable: true },
    createdAt: { type: 'bigint' },
  },
  uniques: [{ name: 'uq_listener_node', columns: ['workflowId', 'node'] }],
  indices: [{ name: 'ix_listener_free', columns: ['freeAt'] }],
  foreignKeys: [
    {
      name: 'fk_listener_workflow',
      target: 'workflow',
      columnNames: ['workflowId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
