import type { JsonObject } from '@millrace/workflow/items';
import { createMemoryStorage } from '@millrace/server/packages';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { importJob } from '../jobs/import-job.ts';
import { importParts } from '../tables/imports.ts';
import { keywords } from '../tables/keywords.ts';
import { exportData, importData } from './import-routes.ts';

let storage: ReturnType<typeof createMemoryStorage>;
let started: { name: string; input: JsonObject }[];

beforeEach(() => {
  storage = createMemoryStorage([nodesMarketing]);
  started = [];
});
afterEach(() => storage.close());

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const jobs = {
  start: async (name: string, input: JsonObject = {}) => {
    started.push({ name, input });
    return { id: 'j1' };
  },
  find: async () => undefined,
  list: async () => [],
  cancel: async () => true,
};
const workflows = {
  start: async () => ({ executionId: 'e1', workflowId: 'w1' }),
  resume: async () => false,
};

const call = (route: typeof importData, more: { params?: object; query?: object; body?: object }) =>
  route.handler({
    params: {},
    query: {},
    body: {},
    caller: { userId: 'u1', role: 'owner' },
    projectId: 'p1',
    tables: storage.tables,
    jobs,
    workflows,
    logger,
    now: () => Date.now(),
    ...more,
  });

async function runImport(saved: JsonObject[] = []) {
  return importJob.run({
    id: 'j1',
    projectId: 'p1',
    input: started.at(-1)?.input ?? {},
    state: {},
    tables: storage.tables,
    workflows,
    logger,
    signal: new AbortController().signal,
    now: () => 0,
    save: async (state) => {
      saved.push(state);
    },
  });
}

test('a file of several parts is stored, brought in with progress, and thrown away', async () => {
  const rows = Array.from(
    { length: 20_000 },
    (_, n) => `a rather long keyword that somebody searches for with the number ${n},${n}`,
  );
  expect(await call(importData, { body: { text: `Keyword,Volume\n${rows.join('\n')}` } })).toEqual({
    jobId: 'j1',
  });
  expect(started[0]?.name).toBe('marketing.import');
  expect(await storage.tables.open(importParts).count()).toBeGreaterThan(1);

  const saved: JsonObject[] = [];
  expect(await runImport(saved)).toMatchObject({ rows: 20_000, written: 20_000, leftOut: 0 });
  expect(saved[0]).toMatchObject({ source: 'keywords', rows: 1000 });
  expect(await storage.tables.open(keywords).count()).toBe(20_000);
  expect(await storage.tables.open(importParts).count()).toBe(0);
});

test('a cut-off import begins again and ends with the same rows', async () => {
  await call(importData, { body: { text: 'Keyword,Volume\nhose,3\n', windowDays: 7 } });
  const cut = {
    id: 'j1',
    projectId: 'p1',
    input: started.at(-1)?.input ?? {},
    state: {},
    tables: storage.tables,
    workflows,
    logger,
    signal: AbortSignal.abort(new Error('stopped')),
    now: () => 0,
    save: async () => undefined,
  };
  await importJob.run(cut).catch(() => undefined);
  await call(importData, { body: { text: 'Keyword,Volume\nhose,3\n' } });
  await runImport();
  expect(await storage.tables.open(keywords).count()).toBe(1);
});

test('nothing sent is told', async () => {
  await expect(call(importData, { body: {} })).rejects.toThrow('neither "text" nor "base64"');
});

test('a table is given as a file to keep', async () => {
  await call(importData, { body: { text: 'Keyword,Volume\nhose,3\n' } });
  await runImport();
  const reply = await call(exportData, { params: { table: 'keywords' } });
  if (!(reply instanceof Response)) throw new Error('No file came');
  expect(reply.headers.get('content-disposition')).toBe('attachment; filename="keywords.csv"');
  expect(await reply.text()).toContain('hose,hose');
  const book = await call(exportData, { params: { table: 'keywords' }, query: { format: 'xlsx' } });
  expect(book instanceof Response && (await book.bytes()).slice(0, 2)).toEqual(
    Uint8Array.from([0x50, 0x4b]),
  );
});

test('a table nobody has is not found', async () => {
  await expect(call(exportData, { params: { table: 'users' } })).rejects.toMatchObject({
    code: 'RESOURCE_NOT_FOUND',
  });
});
