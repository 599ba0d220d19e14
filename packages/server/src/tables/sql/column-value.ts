import type { Column, TableDeclaration } from '@millrace/workflow/node-api';
import { InvalidError } from '../../platform/index.ts';

/** A column of a table with its name, to say where a value is wrong. */
export interface NamedColumn {
  readonly table: string;
  readonly name: string;
  readonly column: Column;
}

/** The column of this name. @throws {InvalidError} that lists the columns there are. */
export function columnOf({ name: table, columns }: TableDeclaration, name: string): NamedColumn {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (column) return { table, name, column };
  throw new InvalidError(
    `Table "${table}" has no column "${name}"`,
    `Use one of: ${Object.keys(columns).join(', ')}`,
  );
}

/** What a row as it was given says for a column; undefined where it names it not. */
export const valueIn = (row: object, name: string): unknown =>
  Object.hasOwn(row, name) ? Reflect.get(row, name) : undefined;

/** A value as it is bound. @throws {InvalidError} when it is not of the column's type. */
export function encodeValue(named: NamedColumn, value: unknown): unknown {
  const { column } = named;
  if (value === null && column.isNullable) return null;
  if (column.type === 'json')
    return value === undefined ? refuse(named, value) : JSON.stringify(value);
  if (!isOfType(column, value)) return refuse(named, value);
  return value;
}

/** A value as it was read. */
export function decodeValue({ type }: Column, raw: unknown): unknown {
  if (raw === null || raw === undefined) return null;
  if (type === 'json') return typeof raw === 'string' ? JSON.parse(raw) : raw;
  if (type === 'boolean') return raw === true || raw === 1;
  return raw;
}

function isOfType({ type, choices }: Column, value: unknown): boolean {
  switch (type) {
    case 'text':
      return (
        typeof value === 'string' &&
        // Postgres has no way to store it.
        !value.includes('\0') &&
        (choices === undefined || choices.includes(value))
      );
    case 'integer':
    case 'timestamp':
      return Number.isSafeInteger(value);
    case 'real':
      return Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'json':
      return true;
    default:
      return type satisfies never;
  }
}

const WANTED = {
  text: 'text without the character U+0000',
  integer: 'a whole number',
  real: 'a number',
  boolean: 'true or false',
  timestamp: 'a time as whole milliseconds since 1970',
  json: 'JSON',
} as const;

function refuse({ table, name, column }: NamedColumn, value: unknown): never {
  const wanted = column.choices ? `one of: ${column.choices.join(', ')}` : WANTED[column.type];
  const nullable = column.isNullable ? ', or null' : '';
  throw new InvalidError(
    `Column "${name}" of table "${table}" does not take ${show(value)}`,
    `Give ${wanted}${nullable}`,
  );
}

function show(value: unknown): string {
  if (value === undefined) return 'a missing value';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
