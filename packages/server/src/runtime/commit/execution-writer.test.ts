import { afterEach, describe, expect, test } from 'vitest';
import {
  ExecutionEntity,
  ExecutionRunEntity,
  SettingEntity,
  type Database,
  type ExecutionRow,
} from '../../db/index.ts';
import { openTestDatabases } from '../testing/test-databases.ts';
import { createExecutionWriter, type ExecutionWriter } from './execution-writer.ts';

const opened = openTestDatabases();
const writers: ExecutionWriter[] = [];
afterEach(async () => {
  await Promise.all(writers.splice(0).map((writer) => writer.close()));
  await opened.closeAll();
});

function writerOf(db: Database): ExecutionWriter {
  const writer = createExecutionWriter(db);
  writers.push(writer);
  return writer;
}

const row = (id: string, changes: Partial<ExecutionRow> = {}): ExecutionRow => ({
  id,
  workflowId: 'w',
  versionId: 'v',
  snapshot: null,
  mode: 'webhook',
  status: 'new',
  startNode: 'Hook',
  triggerData: null,
  destination: null,
  parentId: null,
  retryOf: null,
  customData: null,
  createdAt: 1_760_000_000_000,
  startedAt: null,
  finishedAt: null,
  error: null,
  lastNode: null,
  waitNode: null,
  waitUntil: null,
  resumeTokenHash: null,
  leaseOwner: 'me',
  leaseUntil: 1,
  fence: 1,
  resumeData: null,
  inFlight: null,
  restarts: 0,
  restartRuns: 0,
  limitKey: null,
  limitError: null,
  limitedBy: null,
  ...changes,
});
const run = (executionId: string, seq: number) => ({
  executionId,
  node: `N${seq}`,
  runIndex: 0,
  attempt: 1,
  seq,
  status: 'success' as const,
  startedAt: 5,
  durationMs: 1,
  sources: '[]',
  outputs: '[[{"json":{"text":"a\\u0000b"}}]]',
  error: null,
  failedTries: null,
  packed: null,
});

describe.each(['sqlite', 'sqlite file', 'postgres'] as const)(
  'executions are written in groups on %s',
  (kind) => {
    test('an insert, its runs and its end in one go', async () => {
      const db = await opened.open(kind);
      const writer = writerOf(db);
      const ended = row('a', { status: 'success', finishedAt: 9, lastNode: 'N2' });
      await Promise.all([
        writer.add({ id: 'a', fence: 1, insert: row('a') }),
        writer.add({ id: 'a', fence: 1, runs: [run('a', 1), run('a', 2)], update: ended }),
        writer.add({ id: 'b', fence: 1, insert: row('b'), runs: [run('b', 1)] }),
      ]);
      const rows = await db.source.getRepository(ExecutionEntity).find({ order: { id: 'ASC' } });
      expect(rows).toMatchObject([ended, { id: 'b', status: 'new' }]);
      expect(await db.source.getRepository(ExecutionRunEntity).count()).toBe(3);
    });

    test('a holder with an old number can write nothing', async () => {
      const db = await opened.open(kind);
      const writer = writerOf(db);
      await writer.add({ id: 'a', fence: 2, insert: row('a', { fence: 2 }) });
      const late = writer.add({ id: 'a', fence: 1, runs: [run('a', 1)], update: row('a') });
      const good = writer.add({ id: 'a', fence: 2, runs: [run('a', 2)] });
      await expect(late).rejects.toThrow(/no longer held/);
      await good;
      expect(await db.source.getRepository(ExecutionRunEntity).find()).toMatchObject([{ seq: 2 }]);
    });

    test('a row that cannot be written harms only its own caller', async () => {
      const db = await opened.open(kind);
      const writer = writerOf(db);
      const results = await Promise.allSettled([
        writer.add({ id: 'a', fence: 1, insert: row('a') }),
        writer.add({ id: 'a', fence: 1, insert: row('a') }),
        writer.add({ id: 'c', fence: 1, insert: row('c') }),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await db.source.getRepository(ExecutionEntity).count()).toBe(2);
      expect(writer.waiting).toBe(0);
    });

    test('hundreds at once are all there when their callers hear of it', async () => {
      const db = await opened.open(kind);
      const writer = writerOf(db);
      const ids = Array.from({ length: 900 }, (_, index) => `x${index}`);
      await Promise.all(
        ids.map((id) => writer.add({ id, fence: 1, insert: row(id), runs: [run(id, 1)] })),
      );
      expect(await db.source.getRepository(ExecutionRunEntity).count()).toBe(900);
    });
  },
);

test('writes beside other transactions of the process, each in its turn', async () => {
  const db = await opened.open('sqlite file');
  const writer = writerOf(db);
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => [
      writer.add({ id: `e${index}`, fence: 1, insert: row(`e${index}`) }),
      db.transaction((manager) =>
        manager.insert(SettingEntity, { key: `k${index}`, value: '1' }).then(nextTurn),
      ),
    ]).flat(),
  );
  expect(await db.source.getRepository(ExecutionEntity).count()).toBe(20);
  expect(await db.source.getRepository(SettingEntity).count()).toBe(20);
});

test('goes on after it was closed', async () => {
  const db = await opened.open('sqlite file');
  const writer = writerOf(db);
  await writer.add({ id: 'a', fence: 1, insert: row('a') });
  await writer.close();
  await writer.add({ id: 'b', fence: 1, insert: row('b') });
  expect(await db.source.getRepository(ExecutionEntity).count()).toBe(2);
});

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
