import type { EntityManager } from 'typeorm';
import { ExecutionRunEntity, newId, type Database } from '../../../db/index.ts';
import { packedRuns } from '../../../runtime/index.ts';
import { createCoverage } from './coverage.ts';
import { textOfJson, wordsOf } from './words.ts';

/** Words of run data, by execution. */
export interface SearchIndex {
  /**
   * Takes up executions that ended since the last search, newest first. Nothing is indexed while
   * executions run: who never searches never pays.
   *
   * @returns False when `budgetMs` was not enough for all: older ones are still missing.
   */
  catchUp(budgetMs: number): Promise<boolean>;
}

const BATCH = 50;
const SETTLED_AFTER_MS = 60_000;
/** Of one run: large files of data are found by their beginning. */
const MAX_TEXT = 500_000;

export function createSearchIndex(db: Database, now = Date.now): SearchIndex {
  const coverage = createCoverage(db);
  const state: { current?: Promise<boolean> | undefined } = {};

  async function catchUp(until: number): Promise<boolean> {
    // A row may be stored a little after one with a larger id.
    const ranges = await coverage.open(newId(now() - SETTLED_AFTER_MS));
    for (;;) {
      const ids = await ranges.next(BATCH);
      if (!ids.length) break;
      const entries: Entry[] = [];
      for (const id of ids) entries.push({ id, words: wordsOf(await textOf(db, id)) });
      await db.transaction(async (manager) => {
        for (const entry of entries) await store(manager, db.dialect, entry);
      });
      if (now() >= until) return false;
    }
    await db.transaction((manager) => forget(manager, db.dialect));
    await ranges.close();
    return true;
  }

  return {
    catchUp(budgetMs) {
      state.current ??= catchUp(now() + budgetMs).finally(() => (state.current = undefined));
      return state.current;
    },
  };
}

async function textOf({ source }: Database, executionId: string): Promise<string> {
  const runs = await source
    .getRepository(ExecutionRunEntity)
    .createQueryBuilder('r')
    .select('r.node', 'node')
    .addSelect(`SUBSTR(r.outputs, 1, ${MAX_TEXT})`, 'outputs')
    .addSelect('r.error', 'error')
    .addSelect('r.packed', 'packed')
    .where({ executionId })
    .getRawMany<{ node: string; outputs: string; error: string | null; packed: string | null }>();
  return runs
    .flatMap(({ node, outputs, error, packed }) => [
      { node, texts: [outputs, error ?? ''] },
      ...packedRuns({ packed }).map((run) => ({
        node: run.node,
        texts: [JSON.stringify(run.outputs)],
      })),
    ])
    .map(({ node, texts }) => [node, ...texts.map(textOfJson)].join(' '))
    .join(' ');
}

interface Entry {
  readonly id: string;
  readonly words: readonly string[];
}

async function store(
  manager: EntityManager,
  dialect: Database['dialect'],
  { id, words }: Entry,
): Promise<void> {
  if (dialect === 'postgres') {
    await manager.query(
      `INSERT INTO "execution_search" ("executionId", "words")
       SELECT "id", array_to_tsvector($2::text[]) FROM "execution" WHERE "id" = $1
       ON CONFLICT DO NOTHING`,
      [id, words],
    );
    return;
  }
  const stored: unknown[] = await manager.query(
    `INSERT OR IGNORE INTO "execution_search" ("executionId")
     SELECT "id" FROM "execution" WHERE "id" = ? RETURNING "docId"`,
    [id],
  );
  if (stored.length === 0) return;
  await manager.query(
    `INSERT INTO "execution_search_text" (rowid, "words")
     SELECT "docId", ? FROM "execution_search" WHERE "executionId" = ?`,
    [words.join(' '), id],
  );
}

/** SQLite's word table knows no foreign keys: what stands before the oldest execution is of deleted ones. */
async function forget(manager: EntityManager, dialect: Database['dialect']): Promise<void> {
  if (dialect === 'postgres') return;
  await manager.query(
    `DELETE FROM "execution_search_text"
     WHERE rowid < (SELECT COALESCE(MIN("docId"), 9223372036854775807) FROM "execution_search")`,
  );
}
