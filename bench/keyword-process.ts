import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodesMarketing } from '../packages/nodes-marketing/src/index.ts';
import { dashboard } from '../packages/nodes-marketing/src/programmes/controller/dashboard.ts';
import { beginRun } from '../packages/nodes-marketing/src/programmes/run-state.ts';
import { seo } from '../packages/nodes-marketing/src/programmes/seo/index.ts';
import { importFile } from '../packages/nodes-marketing/src/store-import/import-file.ts';
import { keywords } from '../packages/nodes-marketing/src/tables/keywords.ts';
import { PROGRAMMES } from '../packages/nodes-marketing/src/tables/programmes.ts';
import { newId, openDatabase, ProjectEntity } from '../packages/server/src/db/index.ts';
import { openPackageTables } from '../packages/server/src/packages/index.ts';

/** What a process of its own took for a file of keywords. */
export interface KeywordTimes {
  readonly importMs: number;
  readonly analyseMs: number;
  readonly planMs: number;
  readonly slowestQueryMs: number;
  /** Processor time of all three; a busy machine stretches the others, not this. */
  readonly cpuMs: number;
  readonly peakMb: number;
  /** Before the work, with all code loaded. */
  readonly startMb: number;
  readonly plans: number;
}

// The child: `node keyword-process.ts <csv>` prints its KeywordTimes.
const [, , file = ''] = process.argv;
const home = mkdtempSync(join(tmpdir(), 'millrace-keywords-'));
const db = await openDatabase({ kind: 'sqlite', path: join(home, 'millrace.sqlite') });
try {
  const projectId = newId();
  await db.transaction((manager) =>
    manager.insert(ProjectEntity, { id: projectId, name: 'Bench', kind: 'team', createdAt: 0 }),
  );
  const tables = (await openPackageTables(db, [nodesMarketing])).of(projectId);
  const now = Date.now();
  const context = {
    tables,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    signal: new AbortController().signal,
    seed: 1,
    now: () => now,
  };

  const startMb = residentMb('VmRSS');
  const before = process.cpuUsage();
  const importMs = await timed(() => importFile(tables, { bytes: createReadStream(file), now }));
  const { id } = await beginRun(tables, 'seo', { trigger: 'bench', priority: 0, now });
  const analyseMs = await timed(() => seo.analyse(context));
  let planned: Readonly<Record<string, number>> = {};
  const planMs = await timed(async () => {
    planned = await seo.plan(context, id);
  });
  const { user, system } = process.cpuUsage(before);
  const peakMb = residentMb('VmHWM');
  const store = tables.open(keywords);
  const queries = [
    () =>
      store.find({
        where: { score: { gt: 0 } },
        orderBy: { score: 'desc', id: 'asc' },
        limit: 100,
      }),
    () => store.find({ where: { isQuickWin: true }, orderBy: { score: 'desc' }, limit: 100 }),
    () => store.count({ isQuickWin: true }),
    () => dashboard(tables, PROGRAMMES, now),
  ];
  let slowestQueryMs = 0;
  for (const query of queries) {
    await query();
    slowestQueryMs = Math.max(slowestQueryMs, await timed(query));
  }
  const times: KeywordTimes = {
    importMs,
    analyseMs,
    planMs,
    slowestQueryMs,
    cpuMs: (user + system) / 1000,
    peakMb,
    startMb,
    plans: planned['plans'] ?? 0,
  };
  console.log(JSON.stringify(times));
} finally {
  await db.close();
  rmSync(home, { recursive: true, force: true });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function residentMb(field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}
