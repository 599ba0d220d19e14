import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { prepareSqlite } from '../../db/prepare-sqlite.ts';
import { prepareCommit, type SqliteWrite } from './sqlite-commit.ts';
import type { ThreadAnswer } from './sqlite-writer.ts';

/** The thread that writes executions to a SQLite file: one batch, one transaction, one answer. */
const { file }: { file: string } = workerData;
const handle = new Sqlite(file);
prepareSqlite(handle);
const commit = prepareCommit(handle);

parentPort?.on('message', (message: readonly SqliteWrite[] | 'close') => {
  if (message === 'close') {
    handle.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(answerTo(message));
});

function answerTo(writes: readonly SqliteWrite[]): ThreadAnswer {
  try {
    return { refused: commit(writes) };
  } catch (error) {
    const code = error instanceof Sqlite.SqliteError ? { code: error.code } : {};
    return { error: { message: error instanceof Error ? error.message : String(error), ...code } };
  }
}
