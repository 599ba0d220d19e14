import {
  addDataColumn,
  createDataTable,
  deleteDataColumn,
  deleteDataTable,
  getDataTable,
  listDataTables,
  renameDataColumn,
  updateDataTable,
  type DataTable,
} from '@millrace/api';
import type { DataTableInfo } from '@millrace/workflow/node-api';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { AuditService } from '../audit/index.ts';
import type { DataTableAccess } from './data-tables.access.ts';

interface DataTablePluginServices {
  readonly dataTables: DataTableAccess;
  readonly audit: AuditService;
}

/** Tables people make, and their columns. Their rows: see data-rows.plugin.ts. */
export const dataTablesPlugin: Feature<DataTablePluginServices> = async (
  app,
  { dataTables, audit },
) => {
  app.route({
    ...on(listDataTables),
    handler: async (request) => {
      const tables = await dataTables.in(callerOf(request), request.query.projectId, 'viewer');
      return { data: (await tables.list()).map(show), nextCursor: null };
    },
  });

  app.route({
    ...on(createDataTable),
    handler: async (request, reply) => {
      const { projectId, ...input } = request.body;
      const tables = await dataTables.in(callerOf(request), projectId, 'editor');
      return reply.code(201).send(show(await tables.create(input)));
    },
  });

  app.route({
    ...on(getDataTable),
    handler: async (request) =>
      show((await dataTables.open(callerOf(request), request.params.id, 'viewer')).info),
  });

  app.route({
    ...on(updateDataTable),
    handler: async (request) => {
      const { id } = request.params;
      const tables = await dataTables.around(callerOf(request), id, 'editor');
      return show(await tables.rename(id, request.body.name));
    },
  });

  app.route({
    ...on(deleteDataTable),
    handler: async (request, reply) => {
      const { id } = request.params;
      const tables = await dataTables.around(callerOf(request), id, 'editor');
      await tables.remove(id);
      await audit.record(callerOf(request), 'data-table.delete', id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    ...on(addDataColumn),
    handler: async (request, reply) => {
      const { id } = request.params;
      const tables = await dataTables.around(callerOf(request), id, 'editor');
      return reply.code(201).send(show(await tables.addColumn(id, request.body)));
    },
  });

  app.route({
    ...on(renameDataColumn),
    handler: async (request) => {
      const { id, column } = request.params;
      const tables = await dataTables.around(callerOf(request), id, 'editor');
      return show(await tables.renameColumn(id, column, request.body.name));
    },
  });

  app.route({
    ...on(deleteDataColumn),
    handler: async (request) => {
      const { id, column } = request.params;
      const tables = await dataTables.around(callerOf(request), id, 'editor');
      const table = await tables.removeColumn(id, column);
      await audit.record(callerOf(request), 'data-table.column.delete', id, { column });
      return show(table);
    },
  });
};

const show = ({ columns, ...info }: DataTableInfo): DataTable => ({
  ...info,
  columns: [...columns],
});
