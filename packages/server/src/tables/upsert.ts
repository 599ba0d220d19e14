import type { TableDeclaration } from '@millrace/workflow/node-api';
import { InvalidError } from '../platform/index.ts';
import { columnOf, valueIn } from './sql/column-value.ts';
import type { OnConflict } from './sql/insert.ts';

interface Upsert {
  /** One row per key: the last of those given. */
  readonly distinct: readonly object[];
  readonly onConflict: OnConflict;
}

/** What an upsert writes. @throws {InvalidError} when its key is none of the table. */
export function overwriteBy(
  table: TableDeclaration,
  rows: readonly object[],
  {
    key,
    update,
  }: { readonly key: readonly string[]; readonly update: readonly string[] | undefined },
): Upsert {
  const distinct = distinctBy(table, rows, key);
  const given = new Set(rows.flatMap((row) => Object.keys(row)));
  return {
    distinct,
    onConflict: {
      kind: 'overwrite',
      key,
      columns: Object.entries(table.columns)
        .filter(([name, { generated }]) => {
          if (generated === 'updatedAt') return true;
          if (generated !== undefined || key.includes(name)) return false;
          return update?.includes(name) ?? given.has(name);
        })
        .map(([name]) => name),
    },
  };
}

/** One row per key: the last of those given. @throws {InvalidError} when it is no key of the table. */
export function distinctBy(
  table: TableDeclaration,
  rows: readonly object[],
  key: readonly string[],
): object[] {
  requireKey(table, key);
  const byKey = new Map<string, object>();
  for (const row of rows) {
    const values = key.map((name) => valueIn(row, name));
    if (values.some((value) => value === undefined || value === null))
      throw new InvalidError(
        `A row for table "${table.name}" has no value for its key (${key.join(', ')})`,
        'Give every row a value for each column of the key',
      );
    byKey.set(JSON.stringify(values), row);
  }
  return [...byKey.values()];
}

function requireKey(table: TableDeclaration, key: readonly string[]): void {
  for (const name of key) columnOf(table, name);
  const keys = [table.primaryKey, ...(table.unique ?? [])];
  const isKey = keys.some(
    (each) => each.length === key.length && each.every((name) => key.includes(name)),
  );
  if (!isKey)
    throw new InvalidError(
      `(${key.join(', ')}) is no key of table "${table.name}"`,
      `Use one of: ${keys.map((each) => `(${each.join(', ')})`).join(' ')}`,
    );
}
