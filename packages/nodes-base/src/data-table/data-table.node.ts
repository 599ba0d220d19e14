import { defineNode, type NodeType } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { insertAll, isInsertOnly } from './insert-all.ts';
import * as row from './row-operations.ts';
import * as table from './table-operations.ts';

const perItem = defineNode({
  name: 'n8n-nodes-base.dataTable',
  label: 'Data table',
  description: 'Keeps rows between executions, in tables of the project',
  version: [1, 1.1],
  defaultVersion: 1.1,
  group: ['data'],
  icon: icon('M4 5h16v14H4z', 'M4 10h16', 'M4 15h16', 'M10 5v14'),
  operations: {
    'row.insert': row.insertRow,
    'row.get': row.getRows,
    'row.update': row.updateRows,
    'row.upsert': row.upsertRow,
    'row.deleteRows': row.deleteRows,
    'row.rowExists': row.rowExists,
    'row.rowNotExists': row.rowNotExists,
    'table.create': table.createTable,
    'table.list': table.listTables,
    'table.update': table.renameTable,
    'table.delete': table.deleteTable,
  },
});

/** Rows in tables of the project. Many inserts are one write. */
export const dataTableNode: NodeType = {
  ...perItem,
  execute: (context) =>
    isInsertOnly(context) ? insertAll(context) : (perItem.execute?.(context) ?? null),
};
