import type { ExecutionFilter } from '@millrace/api';
import type { Logger } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../db/index.ts';
import { openTestDatabases } from '../../runtime/testing/test-databases.ts';
import { findExecutions } from './execution-query.ts';

const opened = openTestDatabases();
const asked: { text: string; params: unknown[] }[] = [];
const bench: { db?: Database } = {};

/** What Postgres is asked, as it is asked. */
const listening: Logger = {
  logQuery: (text, params) =>
    void asked.push({ text, params: Array.isArray(params) ? params : [] }),
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** Enough that reading all is dearer than any index: a few of each rare kind among many that went well. */
const FILL = `INSERT INTO "execution" ("id", "workflowId", "mode", "status", "customData", "createdAt",
    "finishedAt", "fence", "restarts", "restartRuns")
  SELECT lpad(to_hex(n), 12, '0') || '-id', 'w' || n % 20, CASE WHEN n % 9000 = 1 THEN 'cli' ELSE 'webhook' END, s.status,
    CASE WHEN n % 9000 = 2 THEN '{"order":"' || n || '"}' END, n,
    CASE WHEN s.status <> 'waiting' THEN n END, 1, 0, 0
  FROM generate_series(1, 40000) n, LATERAL (SELECT CASE n % 9000 WHEN 3 THEN 'error' WHEN 4 THEN 'waiting'
    ELSE 'success' END AS status) s`;

beforeAll(async () => {
  const db = await opened.open('postgres');
  await db.source.query(FILL);
  await db.source.query('VACUUM ANALYZE "execution"');
  db.source.setOptions({ logging: ['query'], logger: listening });
  bench.db = db;
}, 60_000);
afterAll(() => opened.closeAll());

const lists: [string, ExecutionFilter & { cursor?: string }, string][] = [
  ['all', {}, 'ix_execution_created'],
  ['a later page', { cursor: '20000.id' }, 'ix_execution_created'],
  ['a workflow that never ran', { workflowId: 'none' }, 'ix_execution_workflow'],
  ['failed ones', { status: 'error' }, 'ix_execution_failed'],
  ['canceled ones, of which there are none', { status: 'canceled' }, 'ix_execution_failed'],
  ['waiting ones', { status: 'waiting' }, 'ix_execution_open'],
  ['running ones, of which there are none', { status: 'running' }, 'ix_execution_open'],
  ['a mode that is rare', { mode: 'cli' }, 'ix_execution_rare_mode'],
  [
    'a day',
    { since: new Date(9).toISOString(), until: new Date(99).toISOString() },
    'ix_execution_created',
  ],
  ['noted data', { customKey: 'order', customValue: '9002' }, 'ix_execution_note'],
];
test.each(lists)('a list of %s reads no more than an index says', async (_, filter, index) => {
  const { db } = bench;
  asked.length = 0;
  await findExecutions(db ?? expect.unreachable(), filter, 101);
  const plans = await Promise.all(
    asked.splice(0).map(({ text, params }) => db?.source.query(`EXPLAIN ${text}`, params)),
  );
  const plan = JSON.stringify(plans);
  expect(plan).toContain(index);
  expect(plan).not.toContain('Seq Scan');
});
