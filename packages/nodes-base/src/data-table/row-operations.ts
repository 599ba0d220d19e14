import { NodeError } from '@millrace/workflow/errors';
import {
  operation,
  p,
  type DataFilter,
  type DataTable,
  type ExecuteContext,
} from '@millrace/workflow/node-api';
import { columns, dataTableId, rowFilter, toFilter } from './data-table.params.ts';
import { openTable, valuesFor } from './open-table.ts';

/** Also run for all items at once: see insert-all.ts. */
export const insertRow = operation({
  label: 'Insert row',
  params: { dataTableId, columns },
  async run({ context, item }) {
    const table = await openTable(context, 0);
    return table.insert([valuesFor(context, table, item, 0)]);
  },
});

const DEFAULT_LIMIT = 50;

export const getRows = operation({
  label: 'Get rows',
  params: {
    dataTableId,
    ...rowFilter,
    returnAll: p.boolean({ label: 'Return all', default: false }),
    limit: p.number({ label: 'Limit', default: DEFAULT_LIMIT, when: { returnAll: [false] } }),
    orderBy: p.boolean({ label: 'Sort', default: false }),
    orderByColumn: p.string({ label: 'Sort by', default: 'createdAt', when: { orderBy: [true] } }),
    orderByDirection: p.options({
      label: 'Direction',
      choices: [
        { value: 'ASC', label: 'Ascending' },
        { value: 'DESC', label: 'Descending' },
      ],
      default: 'DESC',
      when: { orderBy: [true] },
    }),
  },
  async run({ context, params }) {
    const { returnAll, limit, orderBy, orderByColumn, orderByDirection } = params;
    const table = await openTable(context, 0);
    return table.find({
      filter: toFilter(params),
      ...(!returnAll && { limit: limit ?? DEFAULT_LIMIT }),
      ...(orderBy && {
        orderBy: {
          column: orderByColumn ?? 'createdAt',
          direction: orderByDirection === 'ASC' ? 'asc' : 'desc',
        },
      }),
    });
  },
});

export const updateRows = operation({
  label: 'Update rows',
  params: { dataTableId, ...rowFilter, columns },
  async run({ context, params, item }) {
    const table = await openTable(context, 0);
    return table.update(neededFilter(context, params), valuesFor(context, table, item, 0));
  },
});

export const upsertRow = operation({
  label: 'Upsert row',
  params: { dataTableId, ...rowFilter, columns },
  async run({ context, params, item }) {
    const table = await openTable(context, 0);
    return table.upsert(neededFilter(context, params), valuesFor(context, table, item, 0));
  },
});

export const deleteRows = operation({
  label: 'Delete rows',
  params: {
    dataTableId,
    ...rowFilter,
    options: p.collection({
      label: 'Options',
      fields: { dryRun: p.boolean({ label: 'Dry run', default: false }) },
    }),
  },
  async run({ context, params }) {
    const table = await openTable(context, 0);
    const filter = neededFilter(context, params);
    return params.options.dryRun ? table.find({ filter }) : table.remove(filter);
  },
});

export const rowExists = operation({
  label: 'If row exists',
  params: { dataTableId, ...rowFilter },
  run: async ({ context, params, item }) =>
    (await isThere(await openTable(context, 0), toFilter(params))) ? item : undefined,
});

export const rowNotExists = operation({
  label: 'If row does not exist',
  params: { dataTableId, ...rowFilter },
  run: async ({ context, params, item }) =>
    (await isThere(await openTable(context, 0), toFilter(params))) ? undefined : item,
});

const isThere = async (table: DataTable, filter: DataFilter): Promise<boolean> =>
  (await table.find({ filter, limit: 1 })).length > 0;

/** Without a condition every row would be written: nobody means that by leaving it out. */
function neededFilter(
  { node }: ExecuteContext,
  params: Parameters<typeof toFilter>[0],
): DataFilter {
  const filter = toFilter(params);
  if (filter.conditions.length > 0) return filter;
  throw new NodeError(
    'No condition says which rows are meant',
    { node: node.name },
    { fix: 'Add a condition; for every row, "id" "Is not empty"' },
  );
}
