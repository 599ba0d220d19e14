import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, integer, keyOf, longText, maybe, reference, text } from './table-columns.ts';

/** Triggers that look for what is new, and how far they have read. */
export class CreatePoll1763845000000 implements MigrationInterface {
  readonly name = 'CreatePoll1763845000000';

  async up(db: QueryRunner) {
    await db.createTable(
      new Table({
        name: 'poll',
        columns: [
          id('id', keyOf('poll')),
          id('workflowId'),
          id('versionId'),
          text('node', 256),
          longText('rules'),
          text('timezone', 64),
          longText('cursor', maybe),
          instant('nextAt'),
          integer('failures'),
          longText('lastError', maybe),
          instant('createdAt'),
        ],
        uniques: [{ name: 'uq_poll_node', columnNames: ['workflowId', 'node'] }],
        indices: [{ name: 'ix_poll_next', columnNames: ['nextAt'] }],
        foreignKeys: [reference('poll', 'workflowId', 'workflow', 'CASCADE')],
      }),
    );
  }

  async down(db: QueryRunner) {
    await db.dropTable('poll');
  }
}
