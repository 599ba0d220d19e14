import { findStartNode } from '@millrace/workflow/engine';
import { NotFoundError } from '@millrace/workflow/errors';
import type { WorkflowStarter } from '@millrace/workflow/node-api';
import { WorkflowEntity } from '../db/index.ts';
import type { Runtime } from '../runtime/index.ts';

export interface WorkflowStarterOptions {
  readonly runtime: Runtime;
  /** The project's own copy of a template, made when there is none. Gives the workflow's id. */
  copyOf(templateId: string, projectId: string): Promise<string>;
}

/** Starts workflows of one project for packages: the published version, else the draft. */
export function createWorkflowStarter(
  { runtime, copyOf }: WorkflowStarterOptions,
  projectId: string,
): WorkflowStarter {
  const { db, registry } = runtime.options;

  return {
    async start(what, items = [{}]) {
      const workflowId =
        'template' in what ? await copyOf(what.template, projectId) : what.workflow;
      const isOwn = await db.source
        .getRepository(WorkflowEntity)
        .existsBy({ id: workflowId, projectId });
      if (!isOwn) throw new NotFoundError('workflow', workflowId);
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
  };
}
