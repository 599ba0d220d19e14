import type { DataSource } from 'typeorm';

/** Any number that nobody else takes advisory locks with in this database. */
const LOCK = 7_046_029;

/** Runs `work` while no other process of the instance does: several may start at once on Postgres. */
export async function alone<T>(source: DataSource, work: () => Promise<T>): Promise<T> {
  if (source.options.type !== 'postgres') return work();
  const runner = source.createQueryRunner();
  try {
    await runner.query(`SELECT pg_advisory_lock(${LOCK})`);
    return await work();
  } finally {
    await runner.query(`SELECT pg_advisory_unlock(${LOCK})`);
    await runner.release();
  }
}
