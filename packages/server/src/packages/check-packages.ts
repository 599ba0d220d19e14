import type { Column, NodePackage, TableDeclaration } from '@millrace/workflow/node-api';
import { PackageInvalidError } from './package-invalid.error.ts';
import { PROJECT } from '../tables/index.ts';

/** Names with a meaning of their own in rows and conditions. */
const TAKEN = new Set([PROJECT, 'and', 'or']);

/** @throws {PackageInvalidError} on the first thing in the manifests that cannot be. */
export function checkPackages(
  packages: readonly NodePackage[],
  { reserved }: { readonly reserved: ReadonlySet<string> },
): void {
  const owners = new Map<string, string>();
  for (const each of packages) {
    checkNamespace(each, owners);
    const tables = new Map((each.tables ?? []).map((table) => [table.name, table]));
    for (const table of tables.values()) {
      if (reserved.has(table.name))
        throw invalid(
          each,
          `table "${table.name}" is one of the platform's`,
          'Call it differently',
        );
      checkName(each, 'table', table.name, '_');
      checkTable(each, table, tables);
    }
    for (const { name } of each.jobs ?? []) checkName(each, 'job', name, '.');
  }
}

function checkNamespace(each: NodePackage, owners: Map<string, string>): void {
  const { namespace, name } = each;
  const isNeeded = [each.tables, each.routes, each.jobs].some((list) => list?.length);
  if (namespace === undefined) {
    if (isNeeded)
      throw invalid(each, 'it has no namespace', 'Give the manifest a `namespace`, such as "shop"');
    return;
  }
  if (!/^[a-z][a-z0-9]{1,30}$/.test(namespace))
    throw invalid(each, `"${namespace}" is no namespace`, 'Use 2 to 31 small letters and digits');
  const owner = owners.get(namespace);
  if (owner !== undefined)
    throw invalid(each, `"${namespace}" is the namespace of "${owner}"`, 'Choose another');
  owners.set(namespace, name);
}

function checkName(each: NodePackage, what: string, name: string, separator: string): void {
  const start = `${each.namespace}${separator}`;
  const isGood = name.startsWith(start) && /^[a-z][a-z0-9]*([._-][a-z0-9]+)+$/.test(name);
  if (!isGood || name.length > 50)
    throw invalid(
      each,
      `"${name}" is no name for a ${what}`,
      `Begin it with "${start}"; use at most 50 small letters and digits`,
    );
}

function checkTable(
  each: NodePackage,
  table: TableDeclaration,
  tables: ReadonlyMap<string, TableDeclaration>,
): void {
  const { name, columns, primaryKey, unique = [], indexes = [] } = table;
  for (const column of Object.keys(columns))
    if (!/^[a-z][A-Za-z0-9]*$/.test(column) || TAKEN.has(column))
      throw invalid(
        each,
        `table "${name}" cannot have a column "${column}"`,
        'Call it differently',
      );
  for (const column of [primaryKey, ...unique, ...indexes].flat())
    if (!Object.hasOwn(columns, column))
      throw invalid(each, `a key of table "${name}" names "${column}"`, 'Name columns it has');
  for (const column of primaryKey)
    if (columns[column]?.isNullable)
      throw invalid(each, `"${column}" of table "${name}" may be null`, 'Keys may not');
  for (const column of Object.values(columns)) checkReference(each, table, column, tables);
}

function checkReference(
  each: NodePackage,
  { name }: TableDeclaration,
  { references }: Column,
  tables: ReadonlyMap<string, TableDeclaration>,
): void {
  if (!references) return;
  const { table, column = 'id' } = references;
  const key = tables.get(table)?.primaryKey;
  if (key?.length !== 1 || key[0] !== column)
    throw invalid(
      each,
      `table "${name}" refers to "${table}.${column}"`,
      'Refer to the primary key, of one column, of a table of the same package',
    );
}

const invalid = ({ name }: NodePackage, what: string, fix: string) =>
  new PackageInvalidError(`Package "${name}": ${what}`, fix);
