import { NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { DataTable, ExecuteContext } from '@millrace/workflow/node-api';

/** The data table an item names, by its id or by its name. */
export async function openTable(context: ExecuteContext, itemIndex: number): Promise<DataTable> {
  return context.dataTables.open(readLocator(context, itemIndex));
}

/** How an item names its data table. @throws {NodeError} when it does not. */
export function readLocator(
  { param, node }: ExecuteContext,
  itemIndex: number,
): { readonly id: string } | { readonly name: string } {
  const locator: unknown = param('dataTableId', itemIndex, { fallback: '' });
  const { mode, value } = recordOf(
    typeof locator === 'string' ? { mode: 'id', value: locator } : locator,
  );
  if (typeof value !== 'string' || value === '')
    throw new NodeError(
      'No data table is chosen',
      { node: node.name },
      { fix: 'Choose one, or give its id or name' },
    );
  return mode === 'name' ? { name: value } : { id: value };
}

/** Keys of a row that only the table itself sets. */
const SET_BY_TABLE = new Set(['id', 'createdAt', 'updatedAt']);

/**
 * The values an item writes: those set in the node, or with automatic mapping its own fields of the
 * same names. Fields without a column are left out then.
 */
export function valuesFor(
  { param }: ExecuteContext,
  table: DataTable,
  item: Item,
  itemIndex: number,
): JsonObject {
  const { mappingMode, value } = recordOf(param('columns', itemIndex, { fallback: {} }));
  const known = new Set(table.info.columns.map(({ name }) => name));
  const given = mappingMode === 'autoMapInputData' ? item.json : recordOf(value);
  return Object.fromEntries(
    Object.entries(given).filter(
      ([name]) =>
        !SET_BY_TABLE.has(name) && (mappingMode !== 'autoMapInputData' || known.has(name)),
    ),
  );
}

const recordOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
