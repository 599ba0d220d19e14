import type { WebhookResponse } from '@millrace/workflow/node-api';
import type { Database, ExecutionRow } from '../db/index.ts';
import { newJob, type Job } from './job.ts';
import { loadRuns, loadStart } from './outputs/load-runs.ts';
import type { LoadedWorkflow, WorkflowCache } from './workflow-cache.ts';

/** Makes a claimed row ready to run. */
export type LoadJob = (row: ExecutionRow, replyTo: string | undefined) => Promise<Job>;

export function createLoadJob({
  db,
  workflows,
  respond,
}: {
  readonly db: Database;
  readonly workflows: WorkflowCache;
  respond(
    job: { id: string; fence: number; replyTo: string | undefined },
    response: WebhookResponse,
  ): Promise<void>;
}): LoadJob {
  function workflowOf(row: ExecutionRow): Promise<LoadedWorkflow> | LoadedWorkflow {
    if (row.versionId !== null) return workflows.version(row.versionId);
    return workflows.snapshot(row.workflowId, JSON.parse(row.snapshot ?? '{}'));
  }

  return async (row, replyTo) => {
    const outputs = await loadStart(db, row);
    const history = isUntouched(row) ? [] : await loadRuns(db, row.id);
    return newJob({
      row,
      workflow: await workflowOf(row),
      start:
        row.startNode === null ? undefined : { node: row.startNode, ...(outputs && { outputs }) },
      history,
      resume: row.resumeData === null ? undefined : JSON.parse(row.resumeData),
      stored: Promise.resolve(),
      replyTo,
      respond: (response) => respond({ id: row.id, fence: row.fence, replyTo }, response),
    });
  };
}

/** Claimed for the first time and made by a trigger: nothing can stand in its journal. */
const isUntouched = ({ fence, mode, retryOf }: ExecutionRow) =>
  fence <= 1 && retryOf === null && mode !== 'manual';
