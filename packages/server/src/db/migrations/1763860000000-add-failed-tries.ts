import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { longText, maybe } from './table-columns.ts';

/** What went wrong in the tries of a run before its last. */
export class AddFailedTries1763860000000 implements MigrationInterface {
  readonly name = 'AddFailedTries1763860000000';

  async up(db: QueryRunner) {
    await db.addColumn('execution_run', new TableColumn(longText('failedTries', maybe)));
  }

  async down(db: QueryRunner) {
    await db.dropColumn('execution_run', 'failedTries');
  }
}
