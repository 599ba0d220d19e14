import { createRequire } from 'node:module';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type SqliteDriver from 'better-sqlite3';
import { requestsPerSecond } from '../load.ts';
import type { Measurement } from '../measurement.ts';
import { startMillrace } from '../millrace-process.ts';
import { webhookWorkflow } from '../webhook-workflow.ts';

const Sqlite: typeof SqliteDriver = createRequire(
  new URL('../../packages/server/package.json', import.meta.url),
)('better-sqlite3');

const EXECUTIONS = Number(process.env['BENCH_EXECUTIONS'] ?? 100_000);
const LOAD = { connections: 5, seconds: 10 };
const YEAR_AGO = Date.now() - 365 * 86_400_000;

/** P1: webhooks per second while old executions are pruned, against the same without. */
export async function prune(): Promise<Measurement[]> {
  const millrace = await startMillrace();
  const file = join(millrace.home, 'millrace.sqlite');
  const webhook = () => requestsPerSecond(`${millrace.base}/webhook/bench`, LOAD);
  try {
    await millrace.publish(webhookWorkflow('lastNode'));
    fill(file);
    const before = statSync(file).size;
    await webhook();
    const floor = await webhook();
    const pruned = millrace.api('POST', '/retention/prune');
    const subject = await webhook();
    const startedAt = performance.now();
    await pruned;
    const more = Math.round((performance.now() - startedAt) / 1000);
    const given = Math.round((100 * (before - statSync(file).size)) / before);
    const what = `W1 while ${EXECUTIONS} executions are pruned (${LOAD.seconds + more} s, file ${given} % smaller)`;
    return [
      { id: 'P1', what, floor, subject, unit: 'req/s', ratio: subject / floor, target: '≥ 0.8' },
    ];
  } finally {
    await millrace.close();
  }
}

/** Old executions with four runs each, as W1 leaves them. */
function fill(file: string): void {
  const db = new Sqlite(file);
  const execution = db.prepare(
    `INSERT INTO "execution" ("id", "workflowId", "mode", "status", "createdAt", "finishedAt")
     VALUES (?, 'bench', 'webhook', 'success', ?, ?)`,
  );
  const run = db.prepare(
    `INSERT INTO "execution_run" ("executionId", "node", "runIndex", "attempt", "seq", "status",
       "startedAt", "durationMs", "sources", "outputs")
     VALUES (?, ?, 0, 1, ?, 'success', ?, 1, '[]', ?)`,
  );
  const outputs = JSON.stringify([[{ json: { text: 'x'.repeat(400) } }]]);
  db.transaction(() => {
    for (let at = 0; at < EXECUTIONS; at++) {
      const id = `0000-${String(at).padStart(10, '0')}`;
      execution.run(id, YEAR_AGO + at, YEAR_AGO + at);
      for (let seq = 0; seq < 4; seq++) run.run(id, `Node ${seq}`, seq, YEAR_AGO + at, outputs);
    }
  })();
  db.close();
}
