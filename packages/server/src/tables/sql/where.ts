import type { TableDeclaration } from '@millrace/workflow/node-api';
import { InvalidError } from '../../platform/index.ts';
import { columnOf, encodeValue, type NamedColumn } from './column-value.ts';
import { quote } from './dialect.ts';
import { PROJECT } from './project-column.ts';
import type { Binder } from './statement.ts';

/** The rows of one project that fit: SQL after `WHERE`. @throws {InvalidError} on what cannot be asked. */
export function whereSql(
  binder: Binder,
  table: TableDeclaration,
  projectId: string,
  where: object,
): string {
  const project = `${quote(PROJECT)} = ${binder.bind(projectId)}`;
  return [project, ...conditions(binder, table, where)].join(' AND ');
}

function conditions(binder: Binder, table: TableDeclaration, where: object): string[] {
  return Object.entries(where).flatMap(([name, condition]) =>
    name === 'or' || name === 'and'
      ? [joined(binder, table, name, condition)]
      : conditionSql(binder, columnOf(table, name), condition),
  );
}

function joined(
  binder: Binder,
  table: TableDeclaration,
  how: 'and' | 'or',
  branches: unknown,
): string {
  if (!Array.isArray(branches))
    throw new InvalidError(`"${how}" is not a list`, 'Give a list of conditions');
  if (branches.length === 0) return how === 'or' ? NEVER : ALWAYS;
  const each = branches.map((branch: object) => {
    const all = conditions(binder, table, branch);
    return all.length ? `(${all.join(' AND ')})` : ALWAYS;
  });
  return `(${each.join(how === 'or' ? ' OR ' : ' AND ')})`;
}

const NEVER = '1 = 0';
const ALWAYS = '1 = 1';

function conditionSql(binder: Binder, named: NamedColumn, condition: unknown): string[] {
  if (typeof condition !== 'object' || condition === null)
    return [operatorSql(binder, named, 'equal', condition)];
  return Object.entries(condition).map(([operator, value]) =>
    operatorSql(binder, named, operator, value),
  );
}

const COMPARISONS: Readonly<Record<string, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

function operatorSql(binder: Binder, named: NamedColumn, operator: string, value: unknown): string {
  const column = quote(named.name);
  const { dialect } = binder;
  if (operator === 'isNull') return `${column} IS ${value === false ? 'NOT ' : ''}NULL`;
  if (named.column.type === 'json') throw new UnsearchableError(named);
  const bound = (each: unknown) => binder.bind(encodeValue(named, each));
  switch (operator) {
    case 'equal':
      return value === null ? `${column} IS NULL` : `${column} = ${bound(value)}`;
    case 'not':
      return value === null
        ? `${column} IS NOT NULL`
        : `(${column} <> ${bound(value)} OR ${column} IS NULL)`;
    case 'in':
      return inSql(binder, named, value);
    case 'like':
    case 'contains':
      return `${column} ${dialect.like} ${binder.bind(patternOf(named, operator, value))} ESCAPE '\\'`;
    default: {
      const sign = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
      if (sign === undefined) throw new UnknownOperatorError(named, operator);
      return `${column} ${sign} ${bound(value)}`;
    }
  }
}

function inSql(binder: Binder, named: NamedColumn, value: unknown): string {
  if (!Array.isArray(value))
    throw new InvalidError(
      `"in" for column "${named.name}" is not a list`,
      'Give a list of values',
    );
  const { dialect } = binder;
  const list = value
    .filter((each) => each !== null)
    .map((each: unknown) => {
      const encoded = encodeValue(named, each);
      // SQLite keeps truth as a number.
      return dialect.kind === 'sqlite' && typeof encoded === 'boolean' ? Number(encoded) : encoded;
    });
  const column = quote(named.name);
  const isListed = dialect.isOneOf(column, binder.bind(dialect.bindList(list)));
  return list.length < value.length ? `(${isListed} OR ${column} IS NULL)` : isListed;
}

function patternOf({ name, column }: NamedColumn, operator: string, value: unknown): string {
  if (column.type !== 'text' || typeof value !== 'string')
    throw new InvalidError(
      `"${operator}" for column "${name}" compares text with text only`,
      column.type === 'text' ? 'Give text' : `Column "${name}" is of type ${column.type}`,
    );
  return operator === 'like' ? value : `%${value.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

class UnsearchableError extends InvalidError {
  constructor({ table, name }: NamedColumn) {
    super(
      `Column "${name}" of table "${table}" is JSON, which cannot be searched`,
      'Ask only whether it "isNull", or give the table a column for what you look for',
    );
  }
}

class UnknownOperatorError extends InvalidError {
  constructor({ name }: NamedColumn, operator: string) {
    super(
      `"${operator}" is no condition for column "${name}"`,
      'Use a value, or one of: in, not, lt, lte, gt, gte, isNull, like, contains',
    );
  }
}
