import { createHash } from 'node:crypto';
import type { Column, TableDeclaration } from '@millrace/workflow/node-api';
import { PROJECT } from './project-column.ts';
import { quote, quoteAll, type Dialect } from './dialect.ts';

/** Postgres cuts names that are longer. */
const MAX_NAME_LENGTH = 63;

/**
 * The statements that make a table with its keys and indexes. TypeORM's own builder is not used: to
 * add a column it copies the whole table on SQLite.
 */
export function createTableSql(table: TableDeclaration, dialect: Dialect): string[] {
  const { name, columns, primaryKey, unique = [], indexes = [] } = table;
  const parts = [
    `${quote(PROJECT)} varchar(36) NOT NULL`,
    ...Object.entries(columns).map(([each, column]) => columnSql(each, column, dialect)),
    `CONSTRAINT ${quote(nameOf('pk', name, []))} PRIMARY KEY (${quoteAll([PROJECT, ...primaryKey])})`,
    `CONSTRAINT ${quote(nameOf('fk', name, ['project']))} FOREIGN KEY (${quote(PROJECT)}) REFERENCES "project" ("id") ON DELETE CASCADE`,
    ...Object.entries(columns).flatMap(([each, column]) => referenceSql(name, each, column)),
  ];
  return [
    `CREATE TABLE ${quote(name)} (${parts.join(', ')})`,
    ...unique.map((key) => createIndexSql(table, key, true, dialect)),
    ...indexes.map((key) => createIndexSql(table, key, false, dialect)),
  ];
}

export const dropTableSql = (table: string): string => `DROP TABLE IF EXISTS ${quote(table)}`;

export const addColumnSql = (
  table: string,
  name: string,
  column: Column,
  dialect: Dialect,
): string => `ALTER TABLE ${quote(table)} ADD COLUMN ${columnSql(name, column, dialect)}`;

export const dropColumnSql = (table: string, name: string): string =>
  `ALTER TABLE ${quote(table)} DROP COLUMN ${quote(name)}`;

export function createIndexSql(
  { name, columns }: TableDeclaration,
  key: readonly string[],
  isUnique: boolean,
  dialect: Dialect,
): string {
  const fields = key.map(
    (each) => quote(each) + (columns[each]?.isNullable ? dialect.nulls('asc') : ''),
  );
  const kind = isUnique ? 'UNIQUE INDEX' : 'INDEX';
  return `CREATE ${kind} IF NOT EXISTS ${quote(nameOf('ix', name, key))} ON ${quote(name)} (${[quote(PROJECT), ...fields].join(', ')})`;
}

export const dropIndexSql = (table: string, key: readonly string[]): string =>
  `DROP INDEX IF EXISTS ${quote(nameOf('ix', table, key))}`;

function columnSql(name: string, column: Column, dialect: Dialect): string {
  const type = `${quote(name)} ${dialect.types[column.type]}`;
  const fallback = defaultSql(column, dialect);
  return `${type}${column.isNullable ? '' : ' NOT NULL'}${fallback === undefined ? '' : ` DEFAULT ${fallback}`}`;
}

/** Only for rows that are there when a column is added: the store writes every value itself. */
function defaultSql({ fallback, generated }: Column, { kind }: Dialect): string | undefined {
  if (generated === 'createdAt' || generated === 'updatedAt') return '0';
  if (typeof fallback === 'boolean')
    return kind === 'sqlite' ? String(Number(fallback)) : String(fallback);
  if (typeof fallback === 'string') return `'${fallback.replaceAll("'", "''")}'`;
  return fallback === undefined ? undefined : String(fallback);
}

/** With the project in the key, no row can name a row of another project. */
function referenceSql(table: string, name: string, { references }: Column): string[] {
  if (!references) return [];
  const target = `${quote(references.table)} (${quoteAll([PROJECT, references.column ?? 'id'])})`;
  const cascade = references.onDelete === 'cascade' ? ' ON DELETE CASCADE' : '';
  return [
    `CONSTRAINT ${quote(nameOf('fk', table, [name]))} FOREIGN KEY (${quoteAll([PROJECT, name])}) REFERENCES ${target}${cascade}`,
  ];
}

function nameOf(kind: 'pk' | 'fk' | 'ix', table: string, columns: readonly string[]): string {
  const full = [kind, table, ...columns].join('_');
  if (full.length <= MAX_NAME_LENGTH) return full;
  const hash = createHash('sha256').update(full).digest('hex').slice(0, 8);
  return `${full.slice(0, MAX_NAME_LENGTH - hash.length - 1)}_${hash}`;
}
