import type { DataSource } from 'typeorm';

/** What was done to the tables so far, and what this build would do; names, oldest first. */
export interface SchemaHistory {
  readonly done: readonly string[];
  readonly pending: readonly string[];
  /** Done by another build, and not known to this one. */
  readonly unknown: readonly string[];
}

/** Puts what a database remembers beside what a build knows. */
export const compareHistory = (
  applied: readonly string[],
  known: readonly string[],
): SchemaHistory => ({
  done: applied.filter((name) => known.includes(name)),
  pending: known.filter((name) => !applied.includes(name)),
  unknown: applied.filter((name) => !known.includes(name)),
});

/** Names of the core's migrations in a database, in the order they were done. Changes nothing. */
export async function appliedMigrations(source: DataSource): Promise<string[]> {
  if (!(await hasTable(source, 'migration'))) return [];
  const rows: readonly { readonly name: string }[] = await source.query(
    'SELECT "name" FROM "migration" ORDER BY "id"',
  );
  return rows.map(({ name }) => name);
}

/** Whether a table is there already: what is older than this build lacks some. */
export async function hasTable(source: DataSource, name: string): Promise<boolean> {
  const runner = source.createQueryRunner();
  try {
    return await runner.hasTable(name);
  } finally {
    await runner.release();
  }
}

/** Undoes the migration that was done last. */
export async function undoNewest(source: DataSource): Promise<void> {
  const isSqlite = source.options.type !== 'postgres';
  // SQLite heeds this only outside a transaction. With it on, a table that is copied to lose a column
  // takes with it every row that refers to it.
  if (isSqlite) await source.query('PRAGMA foreign_keys = OFF');
  try {
    await source.undoLastMigration({ transaction: 'each' });
  } finally {
    if (isSqlite) await source.query('PRAGMA foreign_keys = ON');
  }
}
