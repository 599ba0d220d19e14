import { defineNode, p, type ExecuteContext, type ParamMap } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { executeSql } from '../sql/execute-sql.ts';
import { legacyStatements } from '../sql/legacy-statements.ts';
import { sqlParams } from '../sql/sql.properties.ts';
import { tableStatements } from '../sql/table-statements.ts';
import { openMySql } from './my-sql-connection.ts';
import { mySqlDialect } from './my-sql-dialect.ts';

const about = {
  name: 'n8n-nodes-base.mySql',
  label: 'MySQL',
  group: ['input'],
  icon: icon('M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0z', 'M4 6c0 4 16 4 16 0', 'M8 16l3-4 2 3 3-4'),
  crashPolicy: 'ask' as const,
  credentials: [{ name: 'mySql', required: true }],
};

const priority = p.options({
  label: 'Priority',
  default: 'LOW_PRIORITY',
  when: { '/operation': ['insert'] },
  choices: [
    { value: 'LOW_PRIORITY', label: 'Low', hint: 'Waits until nobody reads the table' },
    { value: 'HIGH_PRIORITY', label: 'High' },
  ],
});

/** Reads and writes tables of a MySQL or MariaDB database. */
export const mySqlNode = defineNode({
  ...about,
  description: 'Reads and writes a MySQL or MariaDB database',
  version: [2, 2.1, 2.2, 2.3, 2.4, 2.5],
  defaultVersion: 2.5,
  params: sqlParams({
    options: {
      decimalNumbers: p.boolean({ label: 'Decimals as numbers', default: false }),
      detailedOutput: p.boolean({ label: 'Give details of writes', default: false }),
      priority,
    },
  }),
  execute: (context) => {
    const option = (name: string) =>
      context.param<unknown>(`options.${name}`, 0, { fallback: undefined });
    const seconds = Number(option('connectionTimeout'));
    const isDetailed = option('detailedOutput') === true;
    return executeSql({
      context,
      batching: { path: 'options.queryBatching', fallback: 'single' },
      singleIsTransaction: false,
      open: async () =>
        openMySql(await context.credential('mySql'), context.hosts, {
          largeNumbersAsText: option('largeNumbersOutput') === 'text',
          decimalsAsNumbers: option('decimalNumbers') === true,
          ...(seconds > 0 && { connectTimeoutMs: seconds * 1000 }),
        }),
      statements: (connection) => tableStatements(context, connection, mySqlDialect),
      acknowledge: ({ details }) =>
        isDetailed ? { success: true, ...details } : { success: true },
    });
  },
});

const oldParams: ParamMap = {
  operation: p.options({
    label: 'Operation',
    default: 'insert',
    choices: [
      { value: 'executeQuery', label: 'Execute query' },
      { value: 'insert', label: 'Insert' },
      { value: 'update', label: 'Update' },
    ],
  }),
  query: p.text({ label: 'Query', when: { operation: ['executeQuery'] } }),
  table: p.resourceLocator({
    label: 'Table',
    when: { operation: ['insert', 'update'] },
    default: { mode: 'list', value: '' },
    modes: [
      { name: 'list', label: 'From list', type: 'list' },
      { name: 'name', label: 'By name' },
    ],
  }),
  updateKey: p.string({ label: 'Update key', default: 'id', when: { operation: ['update'] } }),
  columns: p.string({ label: 'Columns', when: { operation: ['insert', 'update'] } }),
  options: p.collection({
    label: 'Options',
    fields: { ignore: p.boolean({ label: 'Skip on conflict', default: false }), priority },
  }),
};

/** Version 1, for workflows that still hold it. It gave what the server said of each write. */
export const mySqlV1Node = defineNode({
  ...about,
  description: 'Reads and writes a MySQL or MariaDB database (old form)',
  version: 1,
  params: oldParams,
  execute: (context: ExecuteContext) =>
    executeSql({
      context,
      batching: { path: 'options.queryBatching', fallback: 'independently' },
      singleIsTransaction: false,
      open: async () => openMySql(await context.credential('mySql'), context.hosts),
      statements: () => legacyStatements(context, mySqlDialect),
      acknowledge: ({ details }) => details,
    }),
});
