import {
  activateWorkflow,
  createWorkflow,
  deactivateWorkflow,
  deleteWorkflow,
  getWorkflow,
  getWorkflowVersion,
  listWorkflowProblems,
  listWorkflows,
  listWorkflowVersions,
  publishWorkflow,
  restoreWorkflowVersion,
  saveWorkflow,
  unpublishWorkflow,
} from '@millrace/api';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { AuditService } from '../audit/index.ts';
import type { PublishingService } from './publishing.service.ts';
import type { WorkflowService } from './workflows.service.ts';

interface WorkflowPluginServices {
  readonly workflows: WorkflowService;
  readonly publishing: PublishingService;
  readonly audit: AuditService;
}

/** Workflows: drafts that are saved, versions that are published. */
export const workflowsPlugin: Feature<WorkflowPluginServices> = async (
  app,
  { workflows, publishing, audit },
) => {
  app.route({
    ...on(listWorkflows),
    handler: (request) => workflows.list(callerOf(request), request.query),
  });

  app.route({
    ...on(createWorkflow),
    handler: async (request, reply) => {
      const workflow = await workflows.create(callerOf(request), request.body);
      return reply.code(201).send(workflow);
    },
  });

  app.route({
    ...on(getWorkflow),
    handler: (request) => workflows.get(callerOf(request), request.params.id),
  });

  app.route({
    ...on(saveWorkflow),
    handler: (request) => workflows.save(callerOf(request), request.params.id, request.body),
  });

  app.route({
    ...on(deleteWorkflow),
    handler: async (request, reply) => {
      await workflows.remove(callerOf(request), request.params.id);
      await audit.record(callerOf(request), 'workflow.delete', request.params.id);
      return reply.code(204).send(null);
    },
  });

  for (const endpoint of [publishWorkflow, activateWorkflow]) {
    app.route({
      ...on(endpoint),
      handler: async (request) => {
        const workflow = await publishing.publish(callerOf(request), request.params.id);
        await audit.record(callerOf(request), 'workflow.publish', request.params.id);
        return workflow;
      },
    });
  }

  for (const endpoint of [unpublishWorkflow, deactivateWorkflow]) {
    app.route({
      ...on(endpoint),
      handler: async (request) => {
        const workflow = await publishing.unpublish(callerOf(request), request.params.id);
        await audit.record(callerOf(request), 'workflow.unpublish', request.params.id);
        return workflow;
      },
    });
  }

  app.route({
    ...on(listWorkflowProblems),
    handler: (request) => workflows.problems(callerOf(request), request.params.id),
  });

  app.route({
    ...on(listWorkflowVersions),
    handler: (request) => publishing.list(callerOf(request), request.params.id, request.query),
  });

  app.route({
    ...on(getWorkflowVersion),
    handler: (request) =>
      publishing.get(callerOf(request), request.params.id, request.params.version),
  });

  app.route({
    ...on(restoreWorkflowVersion),
    handler: (request) =>
      publishing.restore(callerOf(request), request.params.id, request.params.version),
  });
};
