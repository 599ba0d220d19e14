import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Large outputs in parts of their own, and which files executions refer to. */
export class AddBulk1763840000000 implements MigrationInterface {
  readonly name = 'AddBulk1763840000000';

  async up(db: QueryRunner) {
    const bytes = db.connection.options.type === 'postgres' ? 'bytea' : 'blob';
    await db.query(`CREATE TABLE "execution_chunk" (
      "executionId" varchar(36) NOT NULL
        CONSTRAINT "fk_execution_chunk_execution" REFERENCES "execution" ("id") ON DELETE CASCADE,
      "node" varchar(256) NOT NULL,
      "runIndex" integer NOT NULL,
      "attempt" integer NOT NULL,
      "part" integer NOT NULL,
      "output" integer NOT NULL,
      "data" ${bytes} NOT NULL,
      CONSTRAINT "pk_execution_chunk" PRIMARY KEY ("executionId", "node", "runIndex", "attempt", "part")
    )`);
    await db.query(`CREATE TABLE "execution_file" (
      "executionId" varchar(36) NOT NULL
        CONSTRAINT "fk_execution_file_execution" REFERENCES "execution" ("id") ON DELETE CASCADE,
      "hash" varchar(64) NOT NULL,
      CONSTRAINT "pk_execution_file" PRIMARY KEY ("executionId", "hash")
    )`);
    await db.query('CREATE INDEX "ix_execution_file_hash" ON "execution_file" ("hash")');
  }

  async down(db: QueryRunner) {
    await db.query('DROP TABLE "execution_file"');
    await db.query('DROP TABLE "execution_chunk"');
  }
}
