import type { Item } from '@millrace/workflow/items';
import type { DataTable, ExecuteContext, NodeResult } from '@millrace/workflow/node-api';
import { readLocator, valuesFor } from './open-table.ts';

/** Whether every item is an insert, and none of them may fail by itself. */
export function isInsertOnly({ items, param, continueOnFail }: ExecuteContext): boolean {
  const batch = items();
  return (
    !continueOnFail &&
    batch.length > 1 &&
    batch.every(
      (_, index) => param('resource', index) === 'row' && param('operation', index) === 'insert',
    )
  );
}

/** Inserts the rows of all items with one write per table: all of a table's rows or none. */
export async function insertAll(context: ExecuteContext): Promise<NodeResult> {
  const tables = new Map<string, { table: DataTable; indexes: number[] }>();
  for (const index of context.items().keys()) {
    const locator = readLocator(context, index);
    const key = JSON.stringify(locator);
    const known = tables.get(key) ?? {
      table: await context.dataTables.open(locator),
      indexes: [],
    };
    known.indexes.push(index);
    tables.set(key, known);
  }

  const output: Item[] = [];
  for (const { table, indexes } of tables.values()) {
    const rows = await table.insert(rowsOf(context, table, indexes));
    for (const [at, index] of indexes.entries())
      output[index] = { json: { ...rows[at] }, pairedItem: { item: index } };
  }
  return [output];
}

function rowsOf(context: ExecuteContext, table: DataTable, indexes: readonly number[]) {
  const batch = context.items();
  return indexes.map((index) => valuesFor(context, table, batch[index] ?? { json: {} }, index));
}
