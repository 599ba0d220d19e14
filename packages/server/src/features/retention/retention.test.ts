import { randomBytes } from 'node:crypto';
import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { nodesBase } from '@millrace/nodes-base';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ExecutionEntity, ExecutionRunEntity, newId, type ExecutionRow } from '../../db/index.ts';
import { drawChain } from '../../testing/draw-chain.ts';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';

const POSTGRES = process.env['MILLRACE_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432';
const DAY_MS = 86_400_000;
const NOW = Date.now();
const NO_LIMIT = { maxAgeDays: null, maxCount: null, maxSizeMb: null };

async function asAdmin(sql: string): Promise<void> {
  const source = await new DataSource({ type: 'postgres', url: `${POSTGRES}/test` }).initialize();
  await source.query(sql).finally(() => source.destroy());
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  const database = `retention_${randomBytes(6).toString('hex')}`;
  let app: TestApp;
  let headers: { cookie: string };
  let flow: string;
  let other: string;
  beforeAll(async () => {
    if (kind === 'postgres') await asAdmin(`CREATE DATABASE ${database}`);
    const env = kind === 'postgres' ? { MILLRACE_DATABASE_URL: `${POSTGRES}/${database}` } : {};
    app = await openTestApp({ packages: [nodesBase], env });
    headers = await app.signIn(OWNER);
    flow = await draw();
    other = await draw();
  });
  beforeEach(async () => {
    await app.services.db.transaction((manager) =>
      manager.createQueryBuilder().delete().from(ExecutionEntity).execute(),
    );
    await api('PUT', '/retention', NO_LIMIT);
    await api('DELETE', `/workflows/${other}/retention`);
  });
  afterAll(async () => {
    await app.end();
    if (kind === 'postgres') await asAdmin(`DROP DATABASE ${database} WITH (FORCE)`);
  });

  const api = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    app.call({ method, url: `/api/v1${path}`, headers, ...(body !== undefined && { body }) });
  const draw = async (): Promise<string> =>
    (await api('POST', '/workflows', drawChain('Flow', ['Start', 'manualTrigger']))).body.id;
  const prune = async () => (await api('POST', '/retention/prune')).body.deletedExecutions;

  /** Stores executions made so many days ago, each with one run; gives their ids. */
  async function store(
    daysAgo: readonly number[],
    {
      workflowId = flow,
      outputs = '[]',
      ...changes
    }: Partial<ExecutionRow & { outputs: string }> = {},
  ): Promise<string[]> {
    const rows = daysAgo.map((days) => {
      const createdAt = NOW - days * DAY_MS;
      const row = { id: newId(createdAt), workflowId, mode: 'webhook', status: 'success' as const };
      return { ...row, createdAt, finishedAt: createdAt, ...changes };
    });
    const run = { node: 'Start', runIndex: 0, attempt: 1, seq: 0, durationMs: 1, sources: '[]' };
    await app.services.db.transaction(async (manager) => {
      await manager.insert(ExecutionEntity, rows);
      await manager.insert(
        ExecutionRunEntity,
        rows.map(({ id: executionId, createdAt: startedAt }) => ({
          ...run,
          executionId,
          status: 'success' as const,
          startedAt,
          outputs,
        })),
      );
    });
    return rows.map(({ id }) => id);
  }
  const left = async () =>
    (
      await app.services.db.source.getRepository(ExecutionEntity).find({ order: { id: 'ASC' } })
    ).map(({ id }) => id);
  const runsLeft = () => app.services.db.source.getRepository(ExecutionRunEntity).count();

  test('what is older than the limit goes with its runs; what has not ended stays', async () => {
    const [, young = ''] = await store([40, 2]);
    const [waiting = ''] = await store([50], { status: 'waiting', finishedAt: null });
    await api('PUT', '/retention', { ...NO_LIMIT, maxAgeDays: 30 });
    expect(await prune()).toBe(1);
    expect(await left()).toEqual([waiting, young]);
    expect(await runsLeft()).toBe(2);
    expect(await prune()).toBe(0);
  });

  test('of many only the newest are kept, even of one millisecond', async () => {
    const ids = await store(Array.from({ length: 130 }, () => 1));
    await api('PUT', '/retention', { ...NO_LIMIT, maxCount: 10 });
    expect(await prune()).toBe(120);
    expect(await left()).toEqual(ids.toSorted().slice(-10));
  });

  test('a workflow may keep more, or less, than the instance', async () => {
    await store([40, 1]);
    const own = await store([40, 2, 1], { workflowId: other });
    await api('PUT', '/retention', { ...NO_LIMIT, maxAgeDays: 7 });
    await api('PUT', `/workflows/${other}/retention`, { maxAgeDays: null, maxCount: 2 });
    expect(await prune()).toBe(2);
    expect(await left()).toEqual(expect.arrayContaining(own.slice(1)));
    await api('DELETE', `/workflows/${other}/retention`);
    await api('PUT', '/retention', { ...NO_LIMIT, maxCount: 1 });
    expect(await prune()).toBe(2);
  });

  test('a size budget lets the oldest go until the rest fits', async () => {
    const outputs = JSON.stringify([[{ json: { text: randomBytes(24_000).toString('hex') } }]]);
    const ids = await store(
      Array.from({ length: 60 }, (_, index) => 60 - index),
      { outputs },
    );
    await api('PUT', '/retention', { ...NO_LIMIT, maxSizeMb: 2 });
    const deleted = await prune();
    expect(deleted).toBeGreaterThan(10);
    expect(deleted).toBeLessThan(60);
    expect(await left()).toEqual(ids.slice(deleted));
  });

  test('the meter tells what is there', async () => {
    await store([3, 2], { workflowId: other });
    const { body } = await api('GET', '/retention');
    expect(body).toMatchObject({
      rules: NO_LIMIT,
      workflows: {},
      meter: {
        executions: 2,
        oldest: new Date(NOW - 3 * DAY_MS).toISOString(),
        workflows: [{ id: other, name: 'Flow', executions: 2 }],
      },
    });
    expect(body.meter.databaseBytes).toBeGreaterThan(100_000);
  });

  test('a file goes when the last execution that refers to it has gone', async () => {
    const { db, runtime, retention } = app.services;
    const { hash } = await runtime.blobs.write([randomBytes(10)]);
    const twoDaysAgo = (NOW - 2 * DAY_MS) / 1000;
    const file = join(app.home, 'binary', hash.slice(0, 2), hash);
    utimesSync(file, twoDaysAgo, twoDaysAgo);
    const [executionId = ''] = await store([40]);
    await db.transaction((manager) =>
      manager.query(
        `INSERT INTO "execution_file" ("executionId", "hash") VALUES ('${executionId}', '${hash}')`,
      ),
    );
    await retention.tidy();
    expect(existsSync(file)).toBe(true);
    await api('PUT', '/retention', { ...NO_LIMIT, maxAgeDays: 30 });
    await retention.tidy();
    expect(existsSync(file)).toBe(false);
  });

  test('nonsense is refused and the rules stay', async () => {
    const reply = await api('PUT', '/retention', { ...NO_LIMIT, maxAgeDays: 0 });
    expect(reply.status).toBe(400);
    expect(
      (await api('PUT', `/workflows/none/retention`, { maxAgeDays: 1, maxCount: 1 })).status,
    ).toBe(404);
    expect((await api('GET', '/retention')).body.rules).toEqual(NO_LIMIT);
  });

  // PostgreSQL keeps the space for later rows; a SQLite file is given back.
  if (kind === 'sqlite')
    test('the file becomes smaller', async () => {
      const file = join(app.home, 'millrace.sqlite');
      const outputs = randomBytes(50_000).toString('hex');
      await store(
        Array.from({ length: 100 }, () => 40),
        { outputs },
      );
      await app.services.db.source.query('PRAGMA wal_checkpoint(TRUNCATE)');
      const before = statSync(file).size;
      await api('PUT', '/retention', { ...NO_LIMIT, maxAgeDays: 30 });
      const { body } = await api('POST', '/retention/prune');
      await app.services.db.source.query('PRAGMA wal_checkpoint(TRUNCATE)');
      expect(body.freedBytes).toBeGreaterThan(5_000_000);
      expect(statSync(file).size).toBeLessThan(before - 5_000_000);
    });
});
