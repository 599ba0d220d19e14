import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, integer, keyOf, longText, reference } from './table-columns.ts';

/** Answers of nodes to callers in other processes, for when the message is lost. */
export class AddKeptAnswers1764500000000 implements MigrationInterface {
  readonly name = 'AddKeptAnswers1764500000000';

  async up(db: QueryRunner) {
    await db.createTable(
      new Table({
        name: 'kept_answer',
        columns: [
          id('executionId', keyOf('kept_answer')),
          integer('fence', keyOf('kept_answer')),
          longText('response'),
          instant('createdAt'),
        ],
        indices: [{ name: 'ix_kept_answer_created', columnNames: ['createdAt'] }],
        foreignKeys: [reference('kept_answer', 'executionId', 'execution', 'CASCADE')],
      }),
    );
  }

  async down(db: QueryRunner) {
    await db.dropTable('kept_answer');
  }
}
