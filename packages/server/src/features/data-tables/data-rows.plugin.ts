import {
  DataTableFilter,
  exportDataRows,
  importDataRows,
  insertDataRows,
  listDataRows,
  removeDataRows,
  updateDataRows,
  upsertDataRows,
  type DataTableRow,
} from '@millrace/api';
import type { DataQuery, DataRow } from '@millrace/workflow/node-api';
import { Value } from 'typebox/value';
import { callerOf, InvalidError, on, type Feature } from '../../platform/index.ts';
import { importCsv, toCsv } from './csv.ts';
import type { DataTableAccess } from './data-tables.access.ts';

/** The rows of tables people make. */
export const dataRowsPlugin: Feature<{ dataTables: DataTableAccess }> = async (
  app,
  { dataTables },
) => {
  app.route({
    ...on(listDataRows),
    handler: async (request) => {
      const { limit = 100, offset = 0, sortBy, filter: text } = request.query;
      const table = await dataTables.open(callerOf(request), request.params.id, 'viewer');
      const filter = readFilter(text);
      const rows = await table.find({
        limit,
        offset,
        ...readOrder(sortBy),
        ...(filter && { filter }),
      });
      return { data: show(rows), total: await table.count(filter) };
    },
  });

  app.route({
    ...on(insertDataRows),
    handler: async (request, reply) => {
      const table = await dataTables.open(callerOf(request), request.params.id, 'editor');
      return reply.code(201).send({ data: show(await table.insert(request.body.data)) });
    },
  });

  app.route({
    ...on(updateDataRows),
    handler: async (request) => {
      const table = await dataTables.open(callerOf(request), request.params.id, 'editor');
      const { filter, data } = request.body;
      return { data: show(await table.update(filter, data)) };
    },
  });

  app.route({
    ...on(upsertDataRows),
    handler: async (request) => {
      const table = await dataTables.open(callerOf(request), request.params.id, 'editor');
      const { filter, data } = request.body;
      return { data: show(await table.upsert(filter, data)) };
    },
  });

  app.route({
    ...on(removeDataRows),
    handler: async (request) => {
      const table = await dataTables.open(callerOf(request), request.params.id, 'editor');
      return { count: (await table.remove(request.body.filter)).length };
    },
  });

  app.route({
    ...on(exportDataRows),
    handler: async (request, reply) => {
      const table = await dataTables.open(callerOf(request), request.params.id, 'viewer');
      const name = encodeURIComponent(`${table.info.name}.csv`);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
        .send(toCsv(table));
    },
  });

  app.route({
    ...on(importDataRows),
    handler: async (request, reply) => {
      const table = await dataTables.open(callerOf(request), request.params.id, 'editor');
      return reply.code(201).send({ count: await importCsv(table, request.body.csv) });
    },
  });
};

const show = (rows: readonly DataRow[]): DataTableRow[] => rows.map((row) => ({ ...row }));

function readOrder(sortBy: string | undefined): Pick<DataQuery, 'orderBy'> {
  if (sortBy === undefined) return {};
  const [column = '', direction = 'asc'] = sortBy.split(':');
  if (direction === 'asc' || direction === 'desc') return { orderBy: { column, direction } };
  throw new InvalidError(
    `"${sortBy}" is no order`,
    'Write "column", "column:asc" or "column:desc"',
  );
}

function readFilter(text: string | undefined): DataTableFilter | undefined {
  if (text === undefined) return undefined;
  const json = parseJson(text);
  if (Value.Check(DataTableFilter, json)) return json;
  throw new InvalidError(
    'The filter is not valid',
    'Write JSON: {"match":"all","conditions":[{"column":"…","condition":"eq","value":…}]}',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
