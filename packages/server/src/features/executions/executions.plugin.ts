import {
  cancelExecution,
  deleteExecution,
  executeWorkflow,
  getExecution,
  listExecutions,
  listWorkflowExecutions,
  retryExecution,
  testWorkflow,
} from '@millrace/api';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { ExecutionService } from './executions.service.ts';

/** Executions: starting by hand, looking, stopping, trying again. */
export const executionsPlugin: Feature<{ executions: ExecutionService }> = async (
  app,
  { executions },
) => {
  app.route({
    ...on(listExecutions),
    handler: (request) => executions.list(callerOf(request), request.query),
  });

  app.route({
    ...on(listWorkflowExecutions),
    handler: (request) =>
      executions.list(callerOf(request), { ...request.query, workflowId: request.params.id }),
  });

  app.route({
    ...on(getExecution),
    handler: (request) =>
      executions.get(callerOf(request), request.params.id, request.query.data === true),
  });

  app.route({
    ...on(executeWorkflow),
    handler: async (request, reply) => {
      const { params, body } = request;
      return reply.code(202).send(await executions.execute(callerOf(request), params.id, body));
    },
  });

  app.route({
    ...on(testWorkflow),
    handler: async (request, reply) => {
      const { params, body } = request;
      return reply.code(202).send(await executions.test(callerOf(request), params.id, body));
    },
  });

  app.route({
    ...on(retryExecution),
    handler: async (request, reply) => {
      const { params, body } = request;
      return reply.code(202).send(await executions.retry(callerOf(request), params.id, body.from));
    },
  });

  app.route({
    ...on(cancelExecution),
    handler: (request) => executions.cancel(callerOf(request), request.params.id),
  });

  app.route({
    ...on(deleteExecution),
    handler: async (request, reply) => {
      await executions.remove(callerOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  });
};
