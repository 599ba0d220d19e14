import { defineNode, p, type ExecuteContext, type ParamMap } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { executeSql } from '../sql/execute-sql.ts';
import { legacyStatements } from '../sql/legacy-statements.ts';
import { batchingChoice, sqlParams } from '../sql/sql.properties.ts';
import { tableStatements } from '../sql/table-statements.ts';
import { openPostgres } from './postgres-connection.ts';
import { postgresDialect } from './postgres-dialect.ts';

const about = {
  name: 'n8n-nodes-base.postgres',
  label: 'Postgres',
  group: ['input'],
  icon: icon('M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0z', 'M4 6c0 4 16 4 16 0', 'M4 12c0 4 16 4 16 0'),
  crashPolicy: 'ask' as const,
  credentials: [{ name: 'postgres', required: true }],
};

const deletes = (...commands: string[]) => ({
  operation: ['deleteTable'],
  deleteCommand: commands,
});

/** Reads and writes tables of a PostgreSQL database. */
export const postgresNode = defineNode({
  ...about,
  description: 'Reads and writes a PostgreSQL database',
  version: [2, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6],
  defaultVersion: 2.6,
  params: sqlParams({
    schemaDefault: 'public',
    deleteExtras: {
      restartSequences: p.boolean({
        label: 'Restart sequences',
        default: false,
        when: deletes('truncate'),
      }),
    },
    options: {
      cascade: p.boolean({
        label: 'Cascade',
        default: false,
        when: { '/operation': ['deleteTable'] },
      }),
      delayClosingIdleConnection: p.number({
        label: 'Delay closing idle connection (seconds)',
        default: 0,
        min: 0,
        hint: 'Kept for imported workflows: a connection ends with its run',
      }),
    },
  }),
  execute: (context) => {
    const option = (name: string) =>
      context.param<unknown>(`options.${name}`, 0, { fallback: undefined });
    const seconds = Number(option('connectionTimeout'));
    return runPostgres(context, {
      batching: 'options.queryBatching',
      open: {
        largeNumbersAsNumbers: option('largeNumbersOutput') === 'numbers',
        ...(seconds > 0 && { connectTimeoutMs: seconds * 1000 }),
      },
      statements: (connection) => tableStatements(context, connection, postgresDialect),
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
  schema: p.string({
    label: 'Schema',
    default: 'public',
    when: { operation: ['insert', 'update'] },
  }),
  table: p.string({ label: 'Table', when: { operation: ['insert', 'update'] } }),
  updateKey: p.string({ label: 'Update key', default: 'id', when: { operation: ['update'] } }),
  columns: p.string({ label: 'Columns', when: { operation: ['insert', 'update'] } }),
  returnFields: p.string({
    label: 'Return fields',
    default: '*',
    when: { operation: ['insert', 'update'] },
  }),
  additionalFields: p.collection({
    label: 'Additional fields',
    fields: {
      mode: batchingChoice('Mode'),
      largeNumbersOutput: p.string({ label: 'Large numbers as', default: 'text' }),
      queryParams: p.string({ label: 'Query parameters' }),
    },
  }),
};

/** Version 1, for workflows that still hold it. */
export const postgresV1Node = defineNode({
  ...about,
  description: 'Reads and writes a PostgreSQL database (old form)',
  version: 1,
  params: oldParams,
  execute: (context) =>
    runPostgres(context, {
      batching: 'additionalFields.mode',
      open: {
        largeNumbersAsNumbers:
          context.param('additionalFields.largeNumbersOutput', 0, { fallback: 'text' }) ===
          'numbers',
      },
      statements: () => legacyStatements(context, postgresDialect),
    }),
});

interface PostgresRun {
  readonly batching: string;
  readonly open: Parameters<typeof openPostgres>[2];
  readonly statements: Parameters<typeof executeSql>[0]['statements'];
}

const runPostgres = (context: ExecuteContext, { batching, open, statements }: PostgresRun) =>
  executeSql({
    context,
    batching: { path: batching, fallback: 'single' },
    singleIsTransaction: true,
    open: async () => openPostgres(await context.credential('postgres'), context.hosts, open),
    statements,
    acknowledge: () => ({ success: true }),
  });
