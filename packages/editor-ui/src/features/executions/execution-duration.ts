import type { Execution } from '@millrace/api';

/**
 * How long an execution took, in ms, or how long it has gone on at `now`; undefined before it started.
 *
 * @param now - ms since the epoch.
 */
export function executionMs(
  { startedAt, finishedAt }: Pick<Execution, 'startedAt' | 'finishedAt'>,
  now: number,
): number | undefined {
  if (startedAt === null) return undefined;
  return (finishedAt === null ? now : Date.parse(finishedAt)) - Date.parse(startedAt);
}
