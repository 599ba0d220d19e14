import { TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { longText, maybe } from './table-columns.ts';

/** Runs of pure nodes share a row; executions that have ended leave the indexes of open ones. */
export class PackRuns1763900000000 implements MigrationInterface {
  readonly name = 'PackRuns1763900000000';

  async up(db: QueryRunner) {
    await db.addColumn('execution_run', new TableColumn(longText('packed', maybe)));
    await db.dropIndices('execution', WHOLE);
    await db.createIndices('execution', OF_OPEN);
  }

  async down(db: QueryRunner) {
    await db.dropIndices('execution', OF_OPEN);
    await db.createIndices('execution', WHOLE);
    await db.dropColumn('execution_run', 'packed');
  }
}

const WHOLE = [
  new TableIndex({ name: 'ix_execution_lease', columnNames: ['status', 'leaseUntil'] }),
  new TableIndex({ name: 'ix_execution_wait', columnNames: ['status', 'waitUntil'] }),
];

const OF_OPEN = [
  new TableIndex({
    name: 'ix_execution_open',
    columnNames: ['status', 'leaseUntil'],
    where: '"finishedAt" IS NULL',
  }),
  new TableIndex({
    name: 'ix_execution_due',
    columnNames: ['waitUntil'],
    where: '"waitUntil" IS NOT NULL',
  }),
];
