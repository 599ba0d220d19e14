import type { Pool } from 'pg';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { afterAll, expect, test } from 'vitest';
import { openTestDatabases } from '../runtime/testing/test-databases.ts';

const databases = openTestDatabases();
afterAll(() => databases.closeAll());

test('a connection that Postgres ends in the moment it is handed out takes nobody down', async () => {
  const { source } = await databases.open('postgres');
  if (!(source.driver instanceof PostgresDriver)) throw new Error('Another driver');
  const pool: Pool = source.driver.master;
  const handedOut = Promise.withResolvers<void>();
  pool.connect((_error, client, release) => {
    const ended = Object.assign(new Error('terminating connection'), { code: '57P01' });
    try {
      // Both come in one packet: nobody who waits for the connection has had a turn yet.
      client?.emit('error', ended);
      handedOut.resolve();
    } catch (error) {
      handedOut.reject(error);
    }
    release(ended);
  });
  await handedOut.promise;
  expect(await source.query('SELECT 1 AS "one"')).toEqual([{ one: 1 }]);
});
