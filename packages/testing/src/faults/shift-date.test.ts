import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { shiftDate } from './shift-date.ts';

const TrueDate = Date;
afterEach(() => {
  globalThis.Date = TrueDate;
});

test('a clock moves with what its file says, the monotonic one does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-shift-'));
  const file = join(folder, 'offset');
  await writeFile(file, '+0.000\n');
  const before = performance.now();
  shiftDate(file);
  await writeFile(file, '-3600.000\n');
  const hourAgo = TrueDate.now() - 3_600_000;
  for (const at of [Date.now(), new Date().getTime()])
    expect(Math.abs(at - hourAgo)).toBeLessThan(60_000);
  expect(new Date(5).getTime()).toBe(5);
  expect(new Date(2026, 0, 2).getDate()).toBe(2);
  expect(new Date() instanceof Date).toBe(true);
  expect(performance.now() - before).toBeGreaterThanOrEqual(0);
  await rm(folder, { recursive: true });
});
