import { isMillraceError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import type { JobInfo } from '@millrace/workflow/node-api';
import type { PackageJobRow } from '../db/index.ts';

/** A job as packages and people see it. */
export const toJob = (row: PackageJobRow): JobInfo => ({
  id: row.id,
  name: row.name,
  status: row.status,
  input: readObject(row.input),
  state: readObject(row.state),
  result: row.result === null ? null : readObject(row.result),
  error: row.error === null ? null : JSON.parse(row.error),
  createdAt: row.createdAt,
  startedAt: row.startedAt,
  finishedAt: row.finishedAt,
});

/** Written by us, so read without checks. */
export function readObject(text: string): JsonObject {
  return JSON.parse(text);
}

/** What is told of an error: the text of unknown ones may hold secrets of a service. */
export const errorText = (error: unknown): string =>
  JSON.stringify(
    isMillraceError(error)
      ? { code: error.code, message: error.message }
      : { code: 'NODE_FAILED', message: error instanceof Error ? error.message : String(error) },
  );
