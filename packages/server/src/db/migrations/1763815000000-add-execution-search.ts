import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Words of run data: each database has its own kind of full-text index. */
export class AddExecutionSearch1763815000000 implements MigrationInterface {
  readonly name = 'AddExecutionSearch1763815000000';

  async up(db: QueryRunner) {
    const isPostgres = db.connection.options.type === 'postgres';
    for (const statement of isPostgres ? POSTGRES : SQLITE) await db.query(statement);
  }

  async down(db: QueryRunner) {
    await db.query('DROP TABLE IF EXISTS "execution_search_text"');
    await db.query('DROP TABLE "execution_search"');
  }
}

const SQLITE = [
  `CREATE TABLE "execution_search" (
    "docId" integer PRIMARY KEY AUTOINCREMENT,
    "executionId" varchar(36) NOT NULL UNIQUE
      CONSTRAINT "fk_execution_search_execution" REFERENCES "execution" ("id") ON DELETE CASCADE
  )`,
  `CREATE VIRTUAL TABLE "execution_search_text"
    USING fts5("words", content = '', contentless_delete = 1, detail = none)`,
];

const POSTGRES = [
  `CREATE TABLE "execution_search" (
    "executionId" varchar(36) CONSTRAINT "pk_execution_search" PRIMARY KEY
      CONSTRAINT "fk_execution_search_execution" REFERENCES "execution" ("id") ON DELETE CASCADE,
    "words" tsvector NOT NULL
  )`,
  'CREATE INDEX "ix_execution_search_words" ON "execution_search" USING gin ("words")',
];
