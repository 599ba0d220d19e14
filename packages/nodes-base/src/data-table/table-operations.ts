import { operation, p } from '@millrace/workflow/node-api';
import { dataTableId } from './data-table.params.ts';
import { openTable } from './open-table.ts';

const COLUMN_TYPES = [
  { value: 'string', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'True or false' },
  { value: 'date', label: 'Date' },
] as const;

const DEFAULT_LIMIT = 50;

export const createTable = operation({
  label: 'Create a data table',
  params: {
    tableName: p.string({ label: 'Name', required: true }),
    columns: p.list({
      label: 'Columns',
      group: 'column',
      addLabel: 'Add column',
      item: {
        name: p.string({ label: 'Name', required: true }),
        type: p.options({ label: 'Type', choices: COLUMN_TYPES, default: 'string' }),
      },
    }),
    options: p.collection({
      label: 'Options',
      fields: {
        createIfNotExists: p.boolean({ label: 'Reuse the table if there is one', default: false }),
      },
    }),
  },
  async run({ context: { dataTables }, params: { tableName, columns, options } }) {
    const name = tableName ?? '';
    if (options.createIfNotExists) {
      const known = (await dataTables.list()).find((each) => each.name === name.trim());
      if (known) return known;
    }
    return dataTables.create({
      name,
      columns: columns.map((column) => ({ name: column.name ?? '', type: column.type })),
    });
  },
});

export const listTables = operation({
  label: 'List data tables',
  params: {
    returnAll: p.boolean({ label: 'Return all', default: true }),
    limit: p.number({ label: 'Limit', default: DEFAULT_LIMIT, when: { returnAll: [false] } }),
    options: p.collection({
      label: 'Options',
      fields: { filterName: p.string({ label: 'Name contains' }) },
    }),
  },
  async run({ context: { dataTables }, params: { returnAll, limit, options } }) {
    const wanted = options.filterName?.toLowerCase() ?? '';
    const found = (await dataTables.list()).filter(({ name }) =>
      name.toLowerCase().includes(wanted),
    );
    return returnAll ? found : found.slice(0, limit ?? DEFAULT_LIMIT);
  },
});

export const renameTable = operation({
  label: 'Update a data table',
  params: { dataTableId, newName: p.string({ label: 'New name', required: true }) },
  async run({ context, params: { newName } }) {
    const { info } = await openTable(context, 0);
    return context.dataTables.rename(info.id, newName ?? '');
  },
});

export const deleteTable = operation({
  label: 'Delete a data table',
  params: { dataTableId },
  async run({ context }) {
    const { info } = await openTable(context, 0);
    await context.dataTables.remove(info.id);
    return { success: true, deletedTableId: info.id };
  },
});
