import { afterEach, describe, expect, test } from 'vitest';
import { ExecutionEntity } from '../db/index.ts';
import { newRow } from './execution-rows.ts';
import { createKeptAnswers } from './kept-answers.ts';
import { openTestDatabases } from './testing/test-databases.ts';

const opened = openTestDatabases();
afterEach(() => opened.closeAll());

const answer = { status: 201, headers: { a: 'b' }, body: Buffer.from([0, 255]) };

/** One execution, and a clock to turn. */
async function open(kind: 'sqlite' | 'postgres') {
  const db = await opened.open(kind);
  const row = newRow({ workflowId: 'w', mode: 'webhook' }, { id: 'e', now: 1, lease: undefined });
  await db.source.getRepository(ExecutionEntity).insert(row);
  const time = { now: 1_000 };
  const warnings: string[] = [];
  const log = () => undefined;
  const answers = createKeptAnswers(db, {
    clock: { now: () => time.now, sleep: async () => undefined },
    logger: { debug: log, info: log, error: log, warn: (text) => warnings.push(text) },
  });
  return { db, answers, time, warnings };
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  test('an answer comes back as it was, bytes included', async () => {
    const { answers } = await open(kind);
    await answers.keep({ id: 'e', fence: 1 }, answer);
    const wanted = [
      { id: 'e', after: 0 },
      { id: 'other', after: 0 },
    ];
    expect([...(await answers.find(wanted))]).toEqual([['e', answer]]);
  });

  test('who calls a later pause does not hear what was said before it', async () => {
    const { answers } = await open(kind);
    await answers.keep({ id: 'e', fence: 1 }, answer);
    expect((await answers.find([{ id: 'e', after: 2 }])).size).toBe(0);
    await answers.keep({ id: 'e', fence: 3 }, { status: 200, headers: {}, body: 'second' });
    const found = await answers.find([{ id: 'e', after: 2 }]);
    expect(found.get('e')?.body).toBe('second');
  });

  test('of two answers, after a crash, the first counts', async () => {
    const { answers } = await open(kind);
    await answers.keep({ id: 'e', fence: 2 }, { status: 200, headers: {}, body: 'again' });
    await answers.keep({ id: 'e', fence: 1 }, answer);
    expect((await answers.find([{ id: 'e', after: 0 }])).get('e')).toEqual(answer);
  });

  test('old ones are forgotten, and all go with their execution', async () => {
    const { db, answers, time } = await open(kind);
    const isThere = async () => (await answers.find([{ id: 'e', after: 0 }])).size === 1;
    await answers.keep({ id: 'e', fence: 1 }, answer);
    await answers.forget();
    expect(await isThere()).toBe(true);
    time.now += 11 * 60_000;
    await answers.forget();
    expect(await isThere()).toBe(false);
    await answers.keep({ id: 'e', fence: 1 }, answer);
    await db.source.getRepository(ExecutionEntity).delete({ id: 'e' });
    expect(await isThere()).toBe(false);
  });

  test('one that cannot be stored is told in the log and stops nobody', async () => {
    const { answers, warnings } = await open(kind);
    await answers.keep({ id: 'no such execution', fence: 1 }, answer);
    expect(warnings).toEqual(['An answer is not kept']);
  });
});
