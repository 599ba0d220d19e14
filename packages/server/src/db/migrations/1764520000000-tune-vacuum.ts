import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Postgres: the room of deleted executions is to be used again soon. By default a fifth of a table has
 * to be dead first, which of many millions of rows is far too much. What
 * Postgres keeps beside them for large values follows them.
 */
export class TuneVacuum1764520000000 implements MigrationInterface {
  readonly name = 'TuneVacuum1764520000000';

  async up(db: QueryRunner) {
    await alter(db, SET);
  }

  async down(db: QueryRunner) {
    await alter(db, RESET);
  }
}

const TABLES = ['execution', 'execution_run', 'execution_chunk', 'execution_file', 'kept_answer'];

const SET = `SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000,
  autovacuum_analyze_scale_factor = 0.02)`;
const RESET = `RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,
  autovacuum_analyze_scale_factor)`;

async function alter(db: QueryRunner, change: string): Promise<void> {
  if (db.connection.options.type !== 'postgres') return;
  for (const table of TABLES) await db.query(`ALTER TABLE "${table}" ${change}`);
}
