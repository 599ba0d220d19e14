import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { ExecutionEntity, openDatabase } from '../db/index.ts';
import { openTestRuntime } from './testing/fake-runtime.ts';

const SCRIPT = fileURLToPath(new URL('testing/accepting-process.ts', import.meta.url));

test('what was answered before kill -9 is all there after, and is run to its end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-kill-'));
  const path = join(folder, 'db.sqlite');
  const child = spawn(process.execPath, [SCRIPT, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const answered: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    answered.push(line);
    if (answered.length === 300) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

  const db = await openDatabase({ kind: 'sqlite', path });
  const executions = db.source.getRepository(ExecutionEntity);
  const { runtime, close } = await openTestRuntime(db);
  const open = () => executions.countBy([{ status: 'new' }, { status: 'running' }]);
  const done = Promise.withResolvers<void>();
  runtime.bus.subscribe(({ type }) => {
    if (type === 'execution-finished') void open().then((left) => left === 0 && done.resolve());
  });
  const left = await open();
  await runtime.start();
  if (left > 0) await done.promise;

  const rows = await executions.find();
  const statusOf = new Map(rows.map(({ id, status }) => [id, status]));
  expect(answered.length).toBeGreaterThanOrEqual(300);
  expect(answered.filter((id) => statusOf.get(id) !== 'success')).toEqual([]);
  expect(rows.filter(({ status }) => status !== 'success')).toEqual([]);
  await close();
  await db.close();
  await rm(folder, { recursive: true });
}, 30_000);
