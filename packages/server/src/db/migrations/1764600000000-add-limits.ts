import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, integer, keyOf, maybe, reference, text } from './table-columns.ts';

/** How many at once and how many within a time: for workflows, keys of their triggers, and credentials. */
export class AddLimits1764600000000 implements MigrationInterface {
  readonly name = 'AddLimits1764600000000';

  async up(db: QueryRunner) {
    // Raw: on SQLite the schema builder would copy the whole table.
    await db.query('ALTER TABLE "execution" ADD "limitKey" varchar(128)');
    await db.query('ALTER TABLE "execution" ADD "limitError" text');
    await db.query('ALTER TABLE "execution" ADD "limitedBy" varchar(32)');
    await db.query(`CREATE INDEX "ix_execution_limited" ON "execution" ("workflowId", "limitKey", "id")
      WHERE "limitedBy" IS NOT NULL`);
    await db.query(`CREATE INDEX "ix_execution_first" ON "execution" ("workflowId", "id")
      WHERE "limitedBy" IN ('workflow-concurrency', 'workflow-rate')`);
    await db.query('ALTER TABLE "credential" ADD "limits" text');
    await db.createTable(
      new Table({
        name: 'rate_start',
        columns: [
          id('id', keyOf('rate_start')),
          text('scope', 256),
          instant('at'),
          instant('until'),
          id('executionId', maybe),
          text('node', 256, maybe),
        ],
        indices: [
          { name: 'ix_rate_start_scope', columnNames: ['scope', 'at'] },
          { name: 'ix_rate_start_until', columnNames: ['until'] },
          { name: 'ix_rate_start_execution', columnNames: ['executionId'] },
        ],
      }),
    );
    await db.createTable(
      new Table({
        name: 'credential_slot',
        columns: [
          id('id', keyOf('credential_slot')),
          id('credentialId'),
          integer('place'),
          id('executionId', maybe),
          text('node', 256, maybe),
          instant('until'),
        ],
        indices: [
          { name: 'ix_credential_slot_place', columnNames: ['credentialId', 'place'] },
          { name: 'ix_credential_slot_execution', columnNames: ['executionId'] },
        ],
        foreignKeys: [reference('credential_slot', 'credentialId', 'credential', 'CASCADE')],
      }),
    );
  }

  async down(db: QueryRunner) {
    await db.dropTable('credential_slot');
    await db.dropTable('rate_start');
    await db.query('ALTER TABLE "credential" DROP COLUMN "limits"');
    await db.query('DROP INDEX "ix_execution_first"');
    await db.query('DROP INDEX "ix_execution_limited"');
    for (const column of ['limitKey', 'limitError', 'limitedBy'])
      await db.query(`ALTER TABLE "execution" DROP COLUMN "${column}"`);
  }
}
