import { Worker } from 'node:worker_threads';
import type { Database } from '../../db/index.ts';
import { prepareCommit, type SqliteCommit, type SqliteWrite } from './sqlite-commit.ts';

/** Where SQLite transactions of the writer happen. */
export interface SqliteWriter {
  /** Durable once it resolves, to the indexes of refused writes. One call at a time. */
  commit(writes: readonly SqliteWrite[]): Promise<number[]>;
  close(): Promise<void>;
}

/** What the thread answers to each batch. */
export type ThreadAnswer =
  { readonly refused: number[] } | { readonly error: { message: string; code?: string } };

/**
 * A file is written to from a thread of its own: waiting for the disk is most of a commit, and the
 * process serves others meanwhile. A database in memory has no second connection, so it stays here.
 */
export function createSqliteWriter(db: Database): SqliteWriter {
  const writer = db.file === undefined ? onOwnConnection(db) : onThread(db.file);
  return {
    commit: (writes) => db.turn(() => writer.commit(writes)),
    close: () => writer.close(),
  };
}

function onOwnConnection(db: Database): SqliteWriter {
  const state: { commit?: SqliteCommit } = {};
  return {
    async commit(writes) {
      state.commit ??= prepareCommit(await db.source.createQueryRunner().connect());
      return state.commit(writes);
    },
    close: async () => undefined,
  };
}

interface CommitThread {
  ask(writes: readonly SqliteWrite[]): Promise<ThreadAnswer>;
  close(): Promise<void>;
}

/** Started by the first commit; started again when it ended. */
function onThread(file: string): SqliteWriter {
  const state: { thread?: CommitThread | undefined } = {};
  const start = () =>
    startThread(file, () => {
      state.thread = undefined;
    });

  return {
    async commit(writes) {
      state.thread ??= start();
      const answer = await state.thread.ask(writes);
      if ('refused' in answer) return answer.refused;
      throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
    },
    close: async () => state.thread?.close(),
  };
}

/** A batch on its way to the thread: as one text, unless it carries bytes. */
export type ThreadRequest = string | readonly SqliteWrite[];

/** One text costs a copy of its bytes; a thousand values each cost a call into the serializer. */
function toMessage(writes: readonly SqliteWrite[]): ThreadRequest {
  const hasBytes = writes.some(([, , , , , chunks]) => chunks.length > 0);
  return hasBytes ? writes : JSON.stringify(writes);
}

function startThread(file: string, ended: () => void): CommitThread {
  const thread = new Worker(new URL('./commit-thread.ts', import.meta.url), {
    workerData: { file },
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  thread.unref();
  const asked: { by?: PromiseWithResolvers<ThreadAnswer> } = {};
  thread.on('message', (answer: ThreadAnswer) => asked.by?.resolve(answer));
  thread.once('error', (error) => asked.by?.reject(error));
  const gone = new Promise<void>((resolve) => {
    thread.once('exit', () => {
      ended();
      asked.by?.reject(new Error('The thread that writes to SQLite ended'));
      resolve();
    });
  });

  return {
    async ask(writes) {
      const message = toMessage(writes);
      asked.by = Promise.withResolvers();
      thread.ref(); // An open write keeps the process alive, an idle thread does not.
      thread.postMessage(message);
      return asked.by.promise.finally(() => thread.unref());
    },
    close() {
      thread.ref();
      thread.postMessage(null);
      return gone;
    },
  };
}
