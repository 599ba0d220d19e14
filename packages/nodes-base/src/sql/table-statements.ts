import { NodeError } from '@millrace/workflow/errors';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { rows } from '../http-request/fields.ts';
import { locatorValue, readRow } from './column-values.ts';
import type { Dialect, SqlConnection, Statement, TableName } from './dialect.ts';
import { bindQuery, queryParameters } from './query-text.ts';
import { createBuilder, type Filter } from './statements.ts';

/** Makes the statement of each item, by its operation (versions 2 and up). */
export function tableStatements(
  context: ExecuteContext,
  connection: SqlConnection,
  dialect: Dialect,
): (index: number) => Promise<Statement> {
  const known = new Map<string, Promise<ReadonlyMap<string, string>>>();

  async function columnsOf(table: TableName, index: number) {
    const key = JSON.stringify(table);
    const asked = known.get(key) ?? connection.columns(table);
    known.set(key, asked);
    const columns = await asked;
    if (columns.size > 0) return columns;
    throw new NodeError(
      `There is no table "${table.table}"`,
      { node: context.node.name, itemIndex: index },
      {
        fix: 'Check the name of the table, its schema and what the user of the credential may see',
      },
    );
  }

  return async (index) => {
    const param = (path: string, fallback: unknown = undefined) =>
      context.param<unknown>(path, index, { fallback });
    const operation = param('operation', 'insert');
    if (operation === 'executeQuery') {
      const parameters = queryParameters(context, 'options.queryReplacement', index);
      const about = { node: context.node.name, itemIndex: index };
      return bindQuery(String(param('query', '')), parameters, dialect, about);
    }
    const table: TableName = {
      schema: locatorValue(param('schema')) || undefined,
      table: locatorValue(param('table')),
    };
    const build = createBuilder(dialect, table);
    const filter: Filter = filterOf(context, index);
    if (operation === 'deleteTable') return removal(context, index, build, filter);
    const returned = columnNames(param('options.outputColumns'));
    if (operation === 'select') {
      const isAll = param('returnAll') === true;
      const limit = isAll ? undefined : Number(param('limit', 50));
      const sort = rows(context, 'sort.values', index).map(({ column, direction }) => ({
        column: locatorValue(column),
        direction: String(direction ?? 'ASC'),
      }));
      return build.select(filter, { columns: returned, sort, limit });
    }
    const columns = await columnsOf(table, index);
    const emptyIsNull = param('options.replaceEmptyStrings') === true;
    const finds = operation !== 'insert';
    const { values, matched } = readRow(context, index, { dialect, columns, emptyIsNull, finds });
    if (operation === 'insert') {
      const skipsConflicts = param('options.skipOnConflict') === true;
      const priority = PRIORITIES.get(String(param('options.priority', ''))) ?? '';
      return build.insert(values, { skipsConflicts, priority, returned });
    }
    const names = matched.map(([column]) => column);
    if (names.length === 0) throw unmatched(context, index);
    if (operation === 'upsert') return build.insert(values, { matched: names, returned });
    const conditions = matched.map(([column, value]) => ({ column, condition: 'equal', value }));
    const changed = values.filter(([column]) => !names.includes(column));
    return build.update(
      changed.length > 0 ? changed : matched,
      { conditions, combine: 'AND' },
      returned,
    );
  };
}

const PRIORITIES = new Map([
  ['LOW_PRIORITY', 'LOW_PRIORITY'],
  ['HIGH_PRIORITY', 'HIGH_PRIORITY'],
]);

function removal(
  context: ExecuteContext,
  index: number,
  build: ReturnType<typeof createBuilder>,
  filter: Filter,
): Statement {
  const flag = (path: string) => context.param(path, index, { fallback: false }) === true;
  const command = context.param<string>('deleteCommand', index, { fallback: 'truncate' });
  const cascade = flag('options.cascade') ? ' CASCADE' : '';
  if (command === 'delete') return build.remove(filter);
  if (command === 'drop') return build.drop(cascade);
  return build.truncate((flag('restartSequences') ? ' RESTART IDENTITY' : '') + cascade);
}

function filterOf(context: ExecuteContext, index: number): Filter {
  const conditions = rows(context, 'where.values', index).map(({ column, condition, value }) => ({
    column: locatorValue(column),
    condition: String(condition ?? 'equal'),
    value,
  }));
  const combine = context.param<unknown>('combineConditions', index, { fallback: 'AND' });
  return { conditions, combine: combine === 'OR' ? 'OR' : 'AND' };
}

/** A list, or names with commas. */
export const columnNames = (given: unknown): readonly string[] =>
  (Array.isArray(given) ? given.map(String) : String(given ?? '').split(','))
    .map((name) => name.trim())
    .filter(Boolean);

const unmatched = ({ node }: ExecuteContext, itemIndex: number) =>
  new NodeError(
    'No column is chosen by which the row is found',
    { node: node.name, itemIndex },
    { fix: 'Choose a column to match on' },
  );
