import { setImmediate as turn } from 'node:timers/promises';
import type { RunRecord } from '@millrace/workflow/ports';
import { expect, test } from 'vitest';
import type { ExecutionWrite } from './commit/execution-write.ts';
import { newRow } from './execution-rows.ts';
import { newJob } from './job.ts';
import { keepJournal } from './journal.ts';
import { LeaseLostError } from './lease-lost.error.ts';
import { drawing } from './testing/fake-runtime.ts';

const json = drawing('hook', 'effect');
const run: RunRecord = {
  seq: 0,
  node: 'effect1',
  runIndex: 0,
  attempt: 1,
  status: 'canceled',
  startedAt: 1,
  durationMs: 1,
  sources: [],
  outputs: [],
};

/** A journal whose writer refuses the first of its writes when told to. */
function openJournal(refusal?: Error) {
  const request = { workflowId: 'w', mode: 'webhook' as const };
  const row = newRow(request, { id: 'e', now: 1, lease: { owner: 'o', until: 2 } });
  const job = newJob({
    row,
    workflow: { id: 'w', versionId: 'v', json, isPure: false, limits: undefined },
    stored: Promise.resolve(),
    respond: () => undefined,
  });
  const writes: ExecutionWrite[] = [];
  const add = async (write: ExecutionWrite) => {
    writes.push(write);
    if (refusal && writes.length === 1) throw refusal;
  };
  const writer = { add, flush: async () => undefined, waiting: 0 };
  const journal = keepJournal(job, { writer, reach: () => undefined, leaseUntil: () => 2 });
  return { job, journal, writes, record: async () => journal.record(run, { pure: false }) };
}

test('a connection lost at the beginning leaves no cut-off run behind, which would bar the next try', async () => {
  const lost = new Error('Connection terminated');
  const { job, journal, writes, record } = openJournal(lost);
  journal.open(job.row);
  await turn();
  await expect(record()).rejects.toBe(lost);
  await expect(journal.end(job.row)).rejects.toBe(lost);
  expect(writes).toHaveLength(1);
});

test('an execution this process has given up is written no more', async () => {
  const { job, journal, writes, record } = openJournal();
  const given = new LeaseLostError('e');
  job.cancel.abort(given);
  await expect(record()).rejects.toBe(given);
  await expect(journal.end(job.row)).rejects.toBe(given);
  expect(writes).toEqual([]);
});

test('one a person cancelled still says so', async () => {
  const { job, writes, record } = openJournal();
  job.cancel.abort(new DOMException('Canceled', 'AbortError'));
  await record();
  expect(writes).toHaveLength(1);
});
