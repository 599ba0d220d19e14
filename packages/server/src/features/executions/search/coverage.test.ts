import { afterEach, describe, expect, test } from 'vitest';
import { ExecutionEntity, newId, type Database } from '../../../db/index.ts';
import { newRow } from '../../../runtime/execution-rows.ts';
import { openTestDatabases } from '../../../runtime/testing/test-databases.ts';
import { findExecutions } from '../execution-query.ts';
import { createSearchIndex } from './search-index.ts';

const opened = openTestDatabases();
afterEach(() => opened.closeAll());

const HOUR = 60 * 60_000;
const START = 1_764_000_000_000;

/** Executions with one run; the name of its node is what they are found by. */
async function open(kind: 'sqlite' | 'postgres') {
  const db = await opened.open(kind);
  const time = { now: START };
  const runs = db.source.getRepository(ExecutionEntity);
  const end = (id: string) => runs.update({ id }, { status: 'success', finishedAt: time.now });
  return {
    db,
    time,
    end,
    search: createSearchIndex(db, () => time.now),
    async add(word: string, { id = newId(time.now), isOpen = false } = {}) {
      const row = newRow(
        { workflowId: 'w', mode: 'webhook' },
        { id, now: time.now, lease: undefined },
      );
      await runs.insert({ ...row, status: 'running' });
      await db.source.query(
        `INSERT INTO "execution_run" ("executionId","node","runIndex","attempt","seq","status","startedAt","durationMs","sources","outputs")
         VALUES ('${id}', '${word}', 0, 1, 0, 'success', 1, 1, '[]', '[]')`,
      );
      if (!isOpen) await end(id);
      return id;
    },
  };
}

const found = async (db: Database, text: string) =>
  (await findExecutions(db, { text }, 500)).map(({ id }) => id);

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  test('what ended long after it began is found, and what it called', async () => {
    const { db, time, search, add, end } = await open(kind);
    const waiting = await add('patient', { isOpen: true });
    await add('quick');
    time.now += HOUR;
    expect(await search.catchUp(60_000)).toBe(true);
    // A child sorts beside its parent, wherever its hash puts it.
    const child = await add('patient', { id: `${waiting.slice(0, 13)}-7000-8000-000000000000` });
    expect(await search.catchUp(60_000)).toBe(true);
    expect(await found(db, 'patient')).toEqual([child]);
    time.now += HOUR;
    await end(waiting);
    expect(await search.catchUp(60_000)).toBe(true);
    expect((await found(db, 'patient')).toSorted()).toEqual([waiting, child].toSorted());
  });

  test('a restart begins where the last search ended, and forgets none that was open', async () => {
    const { db, time, search, add, end } = await open(kind);
    const waiting = await add('patient', { isOpen: true });
    time.now += HOUR;
    const old = await add('old');
    time.now += HOUR;
    await search.catchUp(60_000);
    await db.source.query(`DELETE FROM "execution_search" WHERE "executionId" = '${old}'`);
    await end(waiting);
    const late = await add('late');
    const restarted = createSearchIndex(db, () => time.now);
    expect(await restarted.catchUp(60_000)).toBe(true);
    expect([...(await found(db, 'patient')), ...(await found(db, 'late'))]).toEqual([
      waiting,
      late,
    ]);
    // Taken for indexed: it is not looked at again.
    expect(await found(db, 'old')).toEqual([]);
  });

  test('without time enough each search goes on where the last one stopped, newest first', async () => {
    const { db, time, search, add } = await open(kind);
    const ids: string[] = [];
    for (let count = 0; count < 120; count++) {
      time.now += 1000;
      ids.push(await add('many'));
    }
    time.now += HOUR;
    expect(await search.catchUp(0)).toBe(false);
    expect((await found(db, 'many')).toSorted()).toEqual(ids.slice(-50));
    const newest = await add('many');
    expect(await search.catchUp(0)).toBe(false);
    expect(await found(db, 'many')).toContain(newest);
    expect(await search.catchUp(0)).toBe(false);
    expect(await search.catchUp(0)).toBe(false);
    expect(await search.catchUp(60_000)).toBe(true);
    expect(await found(db, 'many')).toHaveLength(121);
  });
});
