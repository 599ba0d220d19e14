import type { Batch } from '@millrace/workflow/items';
import type { WebhookResponse } from '@millrace/workflow/node-api';
import type { RunAttempt, RunRecord } from '@millrace/workflow/ports';
import type { ExecutionRow } from '../db/index.ts';
import type { AcceptRequest } from './runtime.types.ts';
import type { LoadedWorkflow } from './workflow-cache.ts';

/** An execution this process holds and runs, or is about to. */
export interface Job {
  readonly row: ExecutionRow;
  readonly workflow: LoadedWorkflow;
  readonly start: AcceptRequest['start'];
  readonly history: readonly RunRecord[];
  /** Set when it goes on after a pause. */
  readonly resume: { readonly outputs?: readonly Batch[] } | undefined;
  /** Attempts that were cut off and count as failed. */
  readonly crashed: readonly RunAttempt[];
  /** Settled once the row is in the database; absent when it is written with the end. */
  readonly stored: Promise<void> | undefined;
  /** The process whose caller waits for the answer; absent, it is this one. */
  readonly replyTo: string | undefined;
  readonly cancel: AbortController;
  /** Resolves when the answer cannot be lost any more. */
  respond(response: WebhookResponse): void | Promise<void>;
}

export function newJob(
  parts: Pick<Job, 'row' | 'workflow' | 'respond'> &
    Partial<Pick<Job, 'start' | 'history' | 'resume' | 'stored' | 'replyTo'>>,
): Job {
  return {
    start: undefined,
    history: [],
    resume: undefined,
    crashed: [],
    stored: undefined,
    replyTo: undefined,
    ...parts,
    cancel: new AbortController(),
  };
}
