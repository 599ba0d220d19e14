import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, integer, keyOf, longText, maybe, text } from './table-columns.ts';

const COLUMNS = [
  longText('resumeData', maybe),
  longText('inFlight', maybe),
  integer('restarts', { default: 0 }),
  integer('restartRuns', { default: 0 }),
];

/** What taking executions over from dead processes needs to know, and the processes themselves. */
export class AddTakeovers1763800000000 implements MigrationInterface {
  readonly name = 'AddTakeovers1763800000000';

  async up(db: QueryRunner) {
    await db.addColumns(
      'execution',
      COLUMNS.map((column) => new TableColumn(column)),
    );
    const columns = [
      id('id', keyOf('process')),
      text('role', 16),
      text('host', 256),
      integer('pid'),
      integer('concurrency'),
      instant('startedAt'),
      instant('seenAt'),
    ];
    await db.createTable(new Table({ name: 'process', columns }));
  }

  async down(db: QueryRunner) {
    await db.dropTable('process');
    await db.dropColumns(
      'execution',
      COLUMNS.map(({ name }) => name),
    );
  }
}
