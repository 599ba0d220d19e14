import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, integer, keyOf, longText, maybe, reference, text } from './table-columns.ts';

/** Triggers that hold a connection, and which process holds it. */
export class CreateListener1763855000000 implements MigrationInterface {
  readonly name = 'CreateListener1763855000000';

  async up(db: QueryRunner) {
    await db.createTable(
      new Table({
        name: 'listener',
        columns: [
          id('id', keyOf('listener')),
          id('workflowId'),
          id('versionId'),
          text('node', 256),
          longText('cursor', maybe),
          text('owner', 64, maybe),
          instant('freeAt'),
          integer('failures'),
          longText('lastError', maybe),
          instant('createdAt'),
        ],
        uniques: [{ name: 'uq_listener_node', columnNames: ['workflowId', 'node'] }],
        indices: [{ name: 'ix_listener_free', columnNames: ['freeAt'] }],
        foreignKeys: [reference('listener', 'workflowId', 'workflow', 'CASCADE')],
      }),
    );
  }

  async down(db: QueryRunner) {
    await db.dropTable('listener');
  }
}
