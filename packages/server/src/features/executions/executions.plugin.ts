import {
  cancelExecution,
  decideExecution,
  deleteExecution,
  executeWorkflow,
  getBulk,
  getExecution,
  listExecutions,
  listWorkflowExecutions,
  retryExecution,
  startBulk,
  testWorkflow,
} from '@millrace/api';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { BulkService } from './bulk.service.ts';
import type { ExecutionService } from './executions.service.ts';
import type { StartingService } from './starting.service.ts';

export interface ExecutionServices {
  readonly executions: ExecutionService;
  readonly starting: StartingService;
  readonly bulk: BulkService;
}

/** Executions: starting by hand, looking, stopping, trying again. */
export const executionsPlugin: Feature<ExecutionServices> = async (
  app,
  { executions, starting, bulk },
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
      return reply.code(202).send(await starting.execute(callerOf(request), params.id, body));
    },
  });

  app.route({
    ...on(testWorkflow),
    handler: async (request, reply) => {
      const { params, body } = request;
      return reply.code(202).send(await starting.test(callerOf(request), params.id, body));
    },
  });

  app.route({
    ...on(retryExecution),
    handler: async (request, reply) => {
      const { params, body } = request;
      return reply.code(202).send(await starting.retry(callerOf(request), params.id, body));
    },
  });

  app.route({
    ...on(cancelExecution),
    handler: (request) => executions.cancel(callerOf(request), request.params.id),
  });

  app.route({
    ...on(startBulk),
    handler: async (request, reply) =>
      reply.code(202).send(await bulk.start(callerOf(request), request.body)),
  });

  app.route({
    ...on(getBulk),
    handler: async (request) => bulk.get(callerOf(request), request.params.id),
  });

  app.route({
    ...on(decideExecution),
    handler: async (request, reply) => {
      const { params, body } = request;
      const caller = callerOf(request);
      return reply.code(202).send(await executions.decide(caller, params.id, body.decision));
    },
  });

  app.route({
    ...on(deleteExecution),
    handler: async (request, reply) => {
      await executions.remove(callerOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  });
};
