import {
  createVariable,
  deleteVariable,
  getVariable,
  listVariables,
  updateVariable,
} from '@millrace/api';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { AuditService } from '../audit/index.ts';
import type { VariableService } from './variables.service.ts';

interface VariablePluginServices {
  readonly variables: VariableService;
  readonly audit: AuditService;
}

/** Variables: values expressions read as `$vars.key`. */
export const variablesPlugin: Feature<VariablePluginServices> = async (
  app,
  { variables, audit },
) => {
  app.route({ ...on(listVariables), handler: ({ query }) => variables.list(query) });

  app.route({ ...on(getVariable), handler: ({ params }) => variables.get(params.id) });

  app.route({
    ...on(createVariable),
    handler: async (request, reply) => {
      const variable = await variables.create(request.body);
      await audit.record(callerOf(request), 'variable.create', variable.id, { key: variable.key });
      return reply.code(201).send(variable);
    },
  });

  app.route({
    ...on(updateVariable),
    handler: async (request) => {
      const variable = await variables.update(request.params.id, request.body);
      await audit.record(callerOf(request), 'variable.update', variable.id, { key: variable.key });
      return variable;
    },
  });

  app.route({
    ...on(deleteVariable),
    handler: async (request, reply) => {
      await variables.remove(request.params.id);
      await audit.record(callerOf(request), 'variable.delete', request.params.id);
      return reply.code(204).send(null);
    },
  });
};
