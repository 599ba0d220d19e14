import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** What lists of executions are narrowed to stays quick with millions of them. */
export class IndexExecutions1764510000000 implements MigrationInterface {
  readonly name = 'IndexExecutions1764510000000';

  async up(db: QueryRunner) {
    await db.createIndices('execution', INDICES);
    if (db.connection.options.type === 'postgres') await db.query(NOTES);
  }

  async down(db: QueryRunner) {
    if (db.connection.options.type === 'postgres')
      await db.query('DROP INDEX "ix_execution_notes"');
    await db.dropIndices('execution', INDICES);
  }
}

/** Partial: an execution that just succeeds is in none of them. */
const INDICES = [
  new TableIndex({
    name: 'ix_execution_failed',
    columnNames: ['status', 'createdAt'],
    where: `"status" IN ('error', 'canceled')`,
  }),
  new TableIndex({
    name: 'ix_execution_rare_mode',
    columnNames: ['mode', 'createdAt'],
    where: `"mode" IN ('manual', 'cli', 'error', 'retry')`,
  }),
  new TableIndex({
    name: 'ix_execution_noted',
    columnNames: ['createdAt'],
    where: '"customData" IS NOT NULL',
  }),
];

/** Custom execution data by key and value. */
const NOTES = `CREATE INDEX "ix_execution_notes" ON "execution"
  USING gin ((CAST("customData" AS jsonb))) WHERE "customData" IS NOT NULL`;
