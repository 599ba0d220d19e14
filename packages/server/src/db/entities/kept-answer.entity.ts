import { EntitySchema } from 'typeorm';

/** What a node answered a caller in another process, until it is certain that the caller has it. */
export interface KeptAnswerRow {
  executionId: string;
  /** The fencing number of who ran the node: later pauses have callers and answers of their own. */
  fence: number;
  /** JSON of the answer, bytes marked. */
  response: string;
  createdAt: number;
}

const key = { primary: true, primaryKeyConstraintName: 'pk_kept_answer' } as const;

export const KeptAnswerEntity = new EntitySchema<KeptAnswerRow>({
  name: 'kept_answer',
  columns: {
    executionId: { type: 'varchar', length: 36, ...key },
    fence: { type: 'integer', ...key },
    response: { type: 'text' },
    createdAt: { type: 'bigint' },
  },
  indices: [{ name: 'ix_kept_answer_created', columns: ['createdAt'] }],
  foreignKeys: [
    {
      name: 'fk_kept_answer_execution',
      target: 'execution',
      columnNames: ['executionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
