import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams, Instant, listOf, Nothing } from './list.ts';

export const DataColumn = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 63 }),
  type: Type.Union([
    Type.Literal('string'),
    Type.Literal('number'),
    Type.Literal('boolean'),
    Type.Literal('date'),
  ]),
});
export type DataColumn = Static<typeof DataColumn>;

/** A table people made, without its rows. */
export const DataTable = Type.Object({
  id: Type.String(),
  name: Type.String(),
  projectId: Type.String(),
  columns: Type.Array(DataColumn),
  createdAt: Instant,
  updatedAt: Instant,
});
export type DataTable = Static<typeof DataTable>;

const ProjectQuery = { projectId: Type.Optional(Type.String({ maxLength: 64 })) };

export const DataTableInput = Type.Object({
  ...ProjectQuery,
  name: Type.String({ minLength: 1, maxLength: 128 }),
  columns: Type.Array(DataColumn, { maxItems: 100 }),
});
export type DataTableInput = Static<typeof DataTableInput>;

/** A row: `id`, the columns, `createdAt` and `updatedAt`. Dates are ISO 8601. */
export const DataTableRow = Type.Record(
  Type.String(),
  Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
);
export type DataTableRow = Static<typeof DataTableRow>;

/** Values by column; each is turned into the column's type where that loses nothing. */
const Values = Type.Record(Type.String(), Type.Unknown());

export const DataTableFilter = Type.Object({
  match: Type.Union([Type.Literal('all'), Type.Literal('any')]),
  conditions: Type.Array(
    Type.Object({
      column: Type.String(),
      condition: Type.Union([
        Type.Literal('eq'),
        Type.Literal('neq'),
        Type.Literal('gt'),
        Type.Literal('gte'),
        Type.Literal('lt'),
        Type.Literal('lte'),
        Type.Literal('like'),
        Type.Literal('ilike'),
        Type.Literal('isEmpty'),
        Type.Literal('isNotEmpty'),
        Type.Literal('isTrue'),
        Type.Literal('isFalse'),
      ]),
      value: Type.Optional(Type.Unknown()),
    }),
    { maxItems: 100 },
  ),
});
export type DataTableFilter = Static<typeof DataTableFilter>;

const Rows = Type.Object({ data: Type.Array(DataTableRow) });
const Count = Type.Object({ count: Type.Integer() });

/** All of one project, by name: the caller's own when left out. */
export const listDataTables = endpoint({
  method: 'GET',
  url: '/data-tables',
  access: 'data-table:list',
  querystring: Type.Object(ProjectQuery),
  response: { 200: listOf(DataTable) },
});

export const createDataTable = endpoint({
  method: 'POST',
  url: '/data-tables',
  access: 'data-table:create',
  body: DataTableInput,
  response: { 201: DataTable },
});

export const getDataTable = endpoint({
  method: 'GET',
  url: '/data-tables/:id',
  access: 'data-table:read',
  params: IdParams,
  response: { 200: DataTable },
});

export const updateDataTable = endpoint({
  method: 'PATCH',
  url: '/data-tables/:id',
  access: 'data-table:update',
  params: IdParams,
  body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 128 }) }),
  response: { 200: DataTable },
});

/** With all its rows. */
export const deleteDataTable = endpoint({
  method: 'DELETE',
  url: '/data-tables/:id',
  access: 'data-table:delete',
  params: IdParams,
  response: { 204: Nothing },
});

export const addDataColumn = endpoint({
  method: 'POST',
  url: '/data-tables/:id/columns',
  access: 'data-table:update',
  params: IdParams,
  body: DataColumn,
  response: { 201: DataTable },
});

const ColumnParams = Type.Object({
  ...IdParams.properties,
  column: Type.String({ maxLength: 63 }),
});

export const renameDataColumn = endpoint({
  method: 'PATCH',
  url: '/data-tables/:id/columns/:column',
  access: 'data-table:update',
  params: ColumnParams,
  body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 63 }) }),
  response: { 200: DataTable },
});

export const deleteDataColumn = endpoint({
  method: 'DELETE',
  url: '/data-tables/:id/columns/:column',
  access: 'data-table:update',
  params: ColumnParams,
  response: { 200: DataTable },
});

export const listDataRows = endpoint({
  method: 'GET',
  url: '/data-tables/:id/rows',
  access: 'data-table:read',
  summary: 'Rows from `offset`, sorted by a column or by id',
  params: IdParams,
  querystring: Type.Object({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    offset: Type.Optional(Type.Integer({ minimum: 0, default: 0 })),
    /** `column` or `column:desc`. */
    sortBy: Type.Optional(Type.String({ maxLength: 70 })),
    /** A filter as JSON. */
    filter: Type.Optional(Type.String({ maxLength: 10_000 })),
  }),
  response: {
    200: Type.Object({ data: Type.Array(DataTableRow), total: Type.Integer() }),
  },
});

export const insertDataRows = endpoint({
  method: 'POST',
  url: '/data-tables/:id/rows',
  access: 'data-table:update',
  params: IdParams,
  body: Type.Object({ data: Type.Array(Values, { minItems: 1, maxItems: 10_000 }) }),
  response: { 201: Rows },
});

export const updateDataRows = endpoint({
  method: 'PATCH',
  url: '/data-tables/:id/rows',
  access: 'data-table:update',
  summary: 'Change the rows that fit',
  params: IdParams,
  body: Type.Object({ filter: DataTableFilter, data: Values }),
  response: { 200: Rows },
});

export const upsertDataRows = endpoint({
  method: 'POST',
  url: '/data-tables/:id/rows/upsert',
  access: 'data-table:update',
  summary: 'Change the rows that fit; where none does, add one',
  params: IdParams,
  body: Type.Object({ filter: DataTableFilter, data: Values }),
  response: { 200: Rows },
});

export const removeDataRows = endpoint({
  method: 'POST',
  url: '/data-tables/:id/rows/delete',
  access: 'data-table:update',
  summary: 'Remove the rows that fit',
  params: IdParams,
  body: Type.Object({ filter: DataTableFilter }),
  response: { 200: Count },
});

export const exportDataRows = endpoint({
  method: 'GET',
  url: '/data-tables/:id/csv',
  access: 'data-table:read',
  summary: 'All rows as CSV',
  params: IdParams,
  response: { 200: Type.Unsafe<unknown>(Type.String({ contentMediaType: 'text/csv' })) },
});

export const importDataRows = endpoint({
  method: 'POST',
  url: '/data-tables/:id/csv',
  access: 'data-table:update',
  summary: 'Add the rows of a CSV text whose first line names columns; all or none',
  params: IdParams,
  body: Type.Object({ csv: Type.String({ minLength: 1 }) }),
  response: { 201: Count },
});
