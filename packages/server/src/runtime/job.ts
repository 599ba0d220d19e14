import type { Batch } from '@millrace/workflow/items';
import type { WebhookResponse } from '@millrace/workflow/node-api';
import type { RunRecord } from '@millrace/workflow/ports';
import type { ExecutionRow } from '../db/index.ts';
import type { AcceptRequest, ExecutionEnd } from './runtime.types.ts';
import type { LoadedWorkflow } from './workflow-cache.ts';

/** An execution this process holds and runs, or is about to. */
export interface Job {
  readonly row: ExecutionRow;
  readonly workflow: LoadedWorkflow;
  readonly start: AcceptRequest['start'];
  readonly history: readonly RunRecord[];
  /** Set when it goes on after a pause. */
  readonly resume: { readonly outputs?: readonly Batch[] } | undefined;
  /** Settled once the row is in the database; absent when it is written with the end. */
  readonly stored: Promise<void> | undefined;
  readonly cancel: AbortController;
  readonly ended: PromiseWithResolvers<ExecutionEnd>;
  respond(response: WebhookResponse): void;
}

/** A job whose end nobody has to wait for. */
export function newJob(
  parts: Pick<Job, 'row' | 'workflow'> &
    Partial<Pick<Job, 'start' | 'history' | 'resume' | 'stored' | 'respond'>>,
): Job {
  const ended = Promise.withResolvers<ExecutionEnd>();
  ended.promise.catch(() => undefined);
  return {
    row: parts.row,
    workflow: parts.workflow,
    start: parts.start,
    history: parts.history ?? [],
    resume: parts.resume,
    stored: parts.stored,
    cancel: new AbortController(),
    ended,
    respond: parts.respond ?? (() => undefined),
  };
}
