import type { ExecuteContext } from '@millrace/workflow/node-api';
import { getField } from '../fields/field-path.ts';
import { locatorValue } from './column-values.ts';
import type { Dialect, Statement } from './dialect.ts';
import { bindQuery } from './query-text.ts';
import { createBuilder } from './statements.ts';
import { columnNames } from './table-statements.ts';

/** Makes the statement of each item as version 1 had it: columns by name, values from the item's fields. */
export function legacyStatements(
  context: ExecuteContext,
  dialect: Dialect,
): (index: number) => Statement {
  return (index) => {
    const param = (path: string, fallback: unknown = '') =>
      context.param<unknown>(path, index, { fallback });
    const item = context.items()[index]?.json ?? {};
    const valueOf = (column: string) => dialect.bindable(getField(item, column), undefined);
    const operation = param('operation', 'insert');
    if (operation === 'executeQuery') {
      const names = columnNames(param('additionalFields.queryParams'));
      const about = { node: context.node.name, itemIndex: index };
      return bindQuery(String(param('query')), names.map(valueOf), dialect, about);
    }
    const schema = locatorValue(param('schema')) || undefined;
    const build = createBuilder(dialect, { schema, table: locatorValue(param('table')) });
    // "id:int" gave the type of a value; the column knows it as well.
    const columns = columnNames(param('columns')).map((name) => name.replace(/:.*$/, ''));
    const returned = columnNames(param('returnFields', '*'));
    const values = columns.map((column) => [column, valueOf(column)] as const);
    if (operation === 'insert') {
      const skipsConflicts = param('options.ignore', false) === true;
      const asked = String(param('options.priority'));
      const priority = /^(LOW|HIGH)_PRIORITY$/.test(asked) ? asked : '';
      return build.insert(values, { skipsConflicts, priority, returned });
    }
    const key = String(param('updateKey', 'id'));
    const conditions = [{ column: key, condition: 'equal', value: valueOf(key) }];
    const changed = values.filter(([column]) => column !== key);
    return build.update(changed, { conditions, combine: 'AND' }, returned);
  };
}
