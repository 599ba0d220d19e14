import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExecution } from '@millrace/workflow/engine';
import type { WorkflowJson } from '@millrace/workflow/graph';
import { createRegistry, defineNode } from '@millrace/workflow/node-api';
import { newId, openDatabase } from '../../packages/server/src/db/index.ts';
import {
  createExecutionWriter,
  type ExecutionWriter,
} from '../../packages/server/src/runtime/commit/execution-writer.ts';
import { newRow, runRow } from '../../packages/server/src/runtime/execution-rows.ts';
import {
  openTestRuntime,
  storeWorkflow,
} from '../../packages/server/src/runtime/testing/fake-runtime.ts';
import { createBenchDatabase } from '../bench-database.ts';
import { alternate, type Measurement } from '../measurement.ts';

const RUNS = 10;
const CONCURRENT = 50;
const EXECUTIONS = 1000;
const OUTPUTS = [[{ json: { text: 'x'.repeat(200) } }]];

/** D1: a trigger and ten runs with effects, each journalled before the next; the floor writes the same rows. */
export const durable = () =>
  measure('SQLite', (folder) => ({ kind: 'sqlite', path: join(folder, 'bench.sqlite') }));

/** D1 on Postgres. */
export async function durableOnPostgres(): Promise<Measurement[]> {
  const { url, drop } = await createBenchDatabase();
  return measure('Postgres', () => ({ kind: 'postgres', url })).finally(drop);
}

async function measure(
  name: string,
  locate: (folder: string) => Parameters<typeof openDatabase>[0],
): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const db = await openDatabase(locate(folder));
  const ids = await storeWorkflow(db, chain);
  const { runtime, close } = await openTestRuntime(db, {
    registry: createRegistry([trigger, effect]),
    runExecution,
    config: {
      home: folder,
      publicUrl: 'http://bench',
      timezone: 'UTC',
      concurrency: CONCURRENT,
      resumeSecret: 'bench',
    },
  });
  const writer = createExecutionWriter(db);
  try {
    const measured = await alternate(
      () => perSecond(() => writeRows(writer)),
      () =>
        perSecond(async () => {
          const start = { node: 'Start', outputs: OUTPUTS };
          const { ended } = await runtime.executions.accept({ ...ids, mode: 'webhook', start });
          const { status, error } = await ended;
          if (status !== 'success') throw new Error(`It ended with ${status}: ${error?.message}`);
        }),
    );
    const what = `${RUNS} journalled runs, ${CONCURRENT} executions at once, ${name}`;
    const ratio = measured.subject / measured.floor;
    return [{ id: 'D1', what, ...measured, unit: 'executions/s', ratio, target: '≥ 0.6' }];
  } finally {
    await close();
    await writer.close();
    await db.close();
    rmSync(folder, { recursive: true });
  }
}

/** Does the work so often, so many at a time. */
async function perSecond(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  const lane = async () => {
    for (let at = 0; at < EXECUTIONS / CONCURRENT; at++) await work();
  };
  await Promise.all(Array.from({ length: CONCURRENT }, lane));
  return (EXECUTIONS * 1000) / (performance.now() - startedAt);
}

async function writeRows(writer: ExecutionWriter): Promise<void> {
  const id = newId();
  const lease = { owner: 'bench', until: 1 };
  const insert = newRow({ workflowId: 'floor', mode: 'webhook' }, { id, now: 1, lease });
  await writer.add({ id, fence: 1, insert });
  for (let seq = 0; seq < RUNS; seq++) {
    const run = { seq, node: `Node ${seq}`, runIndex: 0, attempt: 1, startedAt: 1, durationMs: 1 };
    const record = { ...run, status: 'success' as const, sources: [], outputs: OUTPUTS };
    await writer.add({ id, fence: 1, runs: [runRow(id, record)] });
  }
}

const about = { label: 'Bench', version: 1, properties: [] };
const trigger = defineNode({
  ...about,
  name: 'bench.trigger',
  group: ['trigger'],
  inputs: [],
  execute: () => [[{ json: {} }]],
});
const effect = defineNode({
  ...about,
  name: 'bench.effect',
  execute: (context) => [context.items()],
});

const names = ['Start', ...Array.from({ length: RUNS }, (_, at) => `Node ${at}`)];
const chain: WorkflowJson = {
  name: 'bench',
  nodes: names.map((name, at) => ({
    id: name,
    name,
    type: at === 0 ? 'bench.trigger' : 'bench.effect',
    typeVersion: 1,
    position: [at * 200, 0],
    parameters: {},
  })),
  connections: Object.fromEntries(
    names
      .slice(1)
      .map((to, at) => [
        names[at] ?? '',
        { main: [[{ node: to, type: 'main' as const, index: 0 }]] },
      ]),
  ),
  settings: { executionOrder: 'v1' },
};
