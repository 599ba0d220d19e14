import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, integer, keyOf, longText, reference, text } from './table-columns.ts';

/** Calls that came before the pause they are for. */
export class AddKeptCalls1763810000000 implements MigrationInterface {
  readonly name = 'AddKeptCalls1763810000000';

  async up(db: QueryRunner) {
    await db.createTable(
      new Table({
        name: 'kept_call',
        columns: [
          id('executionId', keyOf('kept_call')),
          integer('waits'),
          text('suffix', 512),
          longText('request'),
          instant('createdAt'),
        ],
        foreignKeys: [reference('kept_call', 'executionId', 'execution', 'CASCADE')],
      }),
    );
  }

  async down(db: QueryRunner) {
    await db.dropTable('kept_call');
  }
}
