import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { prepareSqlite } from '../../db/prepare-sqlite.ts';
import { prepareCommit, type SqliteWrite } from './sqlite-commit.ts';
import type { ThreadAnswer, ThreadRequest } from './sqlite-writer.ts';

/** The thread that writes executions to a SQLite file: one batch, one transaction, one answer. */
const { file }: { file: string } = workerData;
const handle = new Sqlite(file);
prepareSqlite(handle);
const commit = prepareCommit(handle);

parentPort?.on('message', (message: ThreadRequest | null) => {
  if (message === null) {
    handle.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(answerTo(message));
});

function answerTo(request: ThreadRequest): ThreadAnswer {
  try {
    const writes: readonly SqliteWrite[] =
      typeof request === 'string' ? JSON.parse(request) : request;
    return { refused: commit(writes) };
  } catch (error) {
    const code = error instanceof Sqlite.SqliteError ? { code: error.code } : {};
    return { error: { message: error instanceof Error ? error.message : String(error), ...code } };
  }
}
