import { setTimeout as delay } from 'node:timers/promises';
import { findStartNode } from '@millrace/workflow/engine';
import { NotFoundError } from '@millrace/workflow/errors';
import type { Pause, WorkflowStarter } from '@millrace/workflow/node-api';
import { ExecutionEntity, WorkflowEntity, type ExecutionRow } from '../db/index.ts';
import type { Runtime } from '../runtime/index.ts';

export interface WorkflowStarterOptions {
  readonly runtime: Runtime;
  /** The project's own copy of a template, made when there is none. Gives the workflow's id. */
  copyOf(templateId: string, projectId: string): Promise<string>;
}

const LOOK_EVERY_MS = 50;
const MOST_LOOKS = 100;

/** Starts workflows of one project for packages: the published version, else the draft. */
export function createWorkflowStarter(
  { runtime, copyOf }: WorkflowStarterOptions,
  projectId: string,
): WorkflowStarter {
  const { db, registry } = runtime.options;
  const isOwn = (id: string) => db.source.getRepository(WorkflowEntity).existsBy({ id, projectId });

  return {
    async start(what, items = [{}]) {
      const workflowId =
        'template' in what ? await copyOf(what.template, projectId) : what.workflow;
      if (!(await isOwn(workflowId))) throw new NotFoundError('workflow', workflowId);
      const loaded =
        (await runtime.workflows.published(workflowId)) ??
        (await runtime.workflows.draft(workflowId));
      const node = findStartNode(loaded.json, registry);
      const { id } = await runtime.executions.accept({
        workflowId,
        mode: 'trigger',
        ...(loaded.versionId === undefined
          ? { snapshot: loaded.json }
          : { versionId: loaded.versionId }),
        ...(node && {
          start: { node: node.name, outputs: [items.map((json) => ({ json }))] },
        }),
      });
      return { executionId: id, workflowId };
    },

    async resume(pause, outputs) {
      const row = await untilPaused(pause);
      if (!row || !isAt(row, pause)) return false;
      const batches = outputs.map((batch) => batch ?? []);
      return (await runtime.executions.resume(row.id, batches)) !== false;
    },
  };

  /** The execution once it waits or is over; undefined when it is not one of the project's. */
  async function untilPaused({ executionId }: Pause): Promise<ExecutionRow | undefined> {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const row = await db.source.getRepository(ExecutionEntity).findOneBy({ id: executionId });
      if (!row || !(await isOwn(row.workflowId))) return undefined;
      if (row.status === 'waiting' || row.finishedAt !== null) return row;
      await delay(LOOK_EVERY_MS);
    }
    return undefined;
  }
}

const isAt = (row: ExecutionRow, { node, until }: Pause): boolean =>
  row.status === 'waiting' && row.waitNode === node && row.waitUntil === until;
