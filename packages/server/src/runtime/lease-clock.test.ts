import { expect, test } from 'vitest';
import { createLeaseClock } from './lease-clock.ts';
import { openTestDatabases } from './testing/test-databases.ts';

test('a jump of the machine’s clock moves no lease', async () => {
  const databases = openTestDatabases();
  const db = await databases.open('sqlite');
  const time = { wall: 1_000_000, monotonic: 50 };
  const clock = createLeaseClock(db, { wall: () => time.wall, monotonic: () => time.monotonic });
  time.wall += 3_600_000;
  time.monotonic += 20;
  await clock.sync();
  expect(clock.now()).toBe(1_000_020);
  await databases.closeAll();
});

test('on Postgres the server says what time it is, whatever this machine thinks', async () => {
  const databases = openTestDatabases();
  const db = await databases.open('postgres');
  const clock = createLeaseClock(db, { wall: () => 0 });
  await clock.sync();
  const [row] = await db.source.query('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS at');
  expect(Math.abs(clock.now() - Number(row.at))).toBeLessThan(10_000);
  await databases.closeAll();
});
