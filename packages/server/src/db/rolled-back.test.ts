import { afterAll, expect, test } from 'vitest';
import { openTestDatabases } from '../runtime/testing/test-databases.ts';

const databases = openTestDatabases();
afterAll(() => databases.closeAll());

test('a transaction SQLite rolled back by itself, as on a full disk, leaves none open after it', async () => {
  const db = await databases.open('sqlite');
  const handle = await db.source.createQueryRunner().connect();
  const full = new Error('database or disk is full');
  const fails = db.transaction(async () => {
    handle.exec('ROLLBACK');
    throw full;
  });
  await expect(fails).rejects.toBe(full);
  await expect(db.transaction(() => Promise.reject(full))).rejects.toBe(full);
  expect(handle.inTransaction).toBe(false);
  await db.transaction((manager) => manager.query('CREATE TABLE "later" ("id" integer)'));
  expect(handle.inTransaction).toBe(false);
});
