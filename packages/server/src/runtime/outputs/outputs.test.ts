import { zstdDecompressSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { Outputs } from '@millrace/workflow/items';
import type { RunRecord } from '@millrace/workflow/ports';
import { ExecutionEntity, ExecutionRunEntity, type Database } from '../../db/index.ts';
import { createExecutionWriter, type ExecutionWriter } from '../commit/execution-writer.ts';
import { startChunks } from '../commit/bulk-rows.ts';
import { bulkStartOf, newRow, runRow } from '../execution-rows.ts';
import { openTestDatabases } from '../testing/test-databases.ts';
import { insertChunk } from './insert-chunk.ts';
import { loadRuns, loadStart } from './load-runs.ts';
import { INLINE_LIMIT, packOutputs } from './pack-outputs.ts';

const opened = openTestDatabases();
const writers: ExecutionWriter[] = [];
afterEach(async () => {
  await Promise.all(writers.splice(0).map((writer) => writer.close()));
  await opened.closeAll();
});

const many = (count: number, text = 'some text of an item') =>
  Array.from({ length: count }, (_, n) => ({ json: { n, text }, pairedItem: { item: n } }));
const recordOf = (outputs: Outputs, changes: Partial<RunRecord> = {}): RunRecord => ({
  seq: 0,
  node: 'N',
  runIndex: 0,
  attempt: 1,
  status: 'success',
  startedAt: 5,
  durationMs: 1,
  sources: [],
  outputs,
  ...changes,
});

/** Stores an execution with these runs. */
async function store(db: Database, ...runs: RunRecord[]): Promise<void> {
  const request = { workflowId: 'w', mode: 'manual' as const };
  const insert = newRow(request, { id: 'e', now: 1, lease: { owner: 'me', until: 2 } });
  const writer = createExecutionWriter(db);
  writers.push(writer);
  await writer.add({ id: 'e', fence: 1, insert, runs: runs.map((run) => runRow('e', run)) });
}
const count = async (db: Database, table: string) => {
  const rows: readonly { n: number }[] = await db.source.query(
    `SELECT CAST(COUNT(*) AS integer) AS "n" FROM "${table}"`,
  );
  return rows[0]?.n;
};

describe.each(['sqlite', 'sqlite file', 'postgres'] as const)('on %s', (kind) => {
  test('large outputs come back as they were, small ones stay in their row', async () => {
    const db = await opened.open(kind);
    const large = recordOf([many(20_000), undefined, many(3, 'x'.repeat(INLINE_LIMIT)), []]);
    const small = recordOf([many(2)], { seq: 1, runIndex: 1 });
    await store(db, large, small);
    const runs = await loadRuns(db, 'e');
    expect(runs).toEqual([large, small]);
    expect(await count(db, 'execution_chunk')).toBeGreaterThan(3);
    const rows = await db.source.getRepository(ExecutionRunEntity).find({ order: { seq: 'ASC' } });
    expect(rows.map(({ outputs }) => outputs.length < 1000)).toEqual([true, true]);
  });

  test('what a trigger brought stands beside its row when it is large', async () => {
    const db = await opened.open(kind);
    const outputs = [many(20_000), []];
    const request = { workflowId: 'w', mode: 'webhook' as const, start: { node: 'N', outputs } };
    const row = (id: string) => newRow(request, { id, now: 1, lease: undefined });
    const insert = row('written');
    const writer = createExecutionWriter(db);
    writers.push(writer);
    await writer.add({ id: insert.id, fence: 0, insert, bulkStart: bulkStartOf(request, insert) });
    const reserved = row('reserved');
    const chunks = await startChunks(reserved.id, outputs);
    await db.transaction(async (manager) => {
      await manager.insert(ExecutionEntity, reserved);
      for (const chunk of chunks) await insertChunk(db, manager, chunk);
    });
    const stored = await db.source.getRepository(ExecutionEntity).find();
    expect(stored).toHaveLength(2);
    for (const each of stored) {
      expect(each.triggerData?.length).toBeLessThan(100);
      expect(await loadStart(db, each)).toEqual(outputs);
    }
  });

  test('they go with their execution', async () => {
    const db = await opened.open(kind);
    await store(db, recordOf([many(20_000)]));
    await db.transaction((manager) => manager.delete(ExecutionEntity, { id: 'e' }));
    expect(await count(db, 'execution_chunk')).toBe(0);
  });

  test('files are known by the executions that refer to them, wherever they stand', async () => {
    const db = await opened.open(kind);
    const file = (digit: string) => ({
      json: {},
      binary: {
        data: { id: `sha256:${digit.repeat(64)}`, data: 'filesystem', mimeType: 'text/plain' },
      },
    });
    await store(
      db,
      recordOf([[file('a'), file('a'), file('b')]]),
      recordOf([[...many(20_000), file('c')]], { seq: 1, runIndex: 1 }),
    );
    const hashes: readonly { hash: string }[] = await db.source.query(
      'SELECT "hash" FROM "execution_file" ORDER BY "hash"',
    );
    expect(hashes.map(({ hash }) => hash[0])).toEqual(['a', 'b', 'c']);
  });
});

test('a chunk is never much longer than its limit, and nothing makes no chunk', async () => {
  const chunks = await packOutputs([many(50_000), [], undefined]);
  const lengths = chunks.map(({ data }) => zstdDecompressSync(data).length);
  expect(lengths.length).toBeGreaterThan(5);
  expect(Math.max(...lengths)).toBeLessThan(700_000);
  expect(await packOutputs([[], undefined])).toEqual([]);
});
