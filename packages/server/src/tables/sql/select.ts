import type { Aggregate, TableDeclaration } from '@millrace/workflow/node-api';
import { InvalidError } from '../../platform/index.ts';
import { columnOf } from './column-value.ts';
import { quote, quoteAll } from './dialect.ts';
import type { Binder } from './statement.ts';
import { whereSql } from './where.ts';

interface SelectParts {
  readonly where?: object | undefined;
  readonly orderBy?: object | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

export interface SelectQuery extends SelectParts {
  readonly columns: readonly string[];
  /** In the order of the primary key, behind the row with this one; null begins with the first. */
  readonly after?: readonly unknown[] | null | undefined;
}

/** Some columns of the rows that fit. */
export function selectSql(
  binder: Binder,
  table: TableDeclaration,
  projectId: string,
  { columns, where = {}, after, orderBy, ...rest }: SelectQuery,
): string {
  for (const name of columns) columnOf(table, name);
  const { primaryKey } = table;
  const conditions = whereSql(binder, table, projectId, where);
  const behind = after
    ? ` AND (${quoteAll(primaryKey)}) > (${after.map((each) => binder.bind(each)).join(', ')})`
    : '';
  const order =
    after === undefined ? orderBy : Object.fromEntries(primaryKey.map((name) => [name, 'asc']));
  return [
    `SELECT ${quoteAll(columns)} FROM ${quote(table.name)} WHERE ${conditions}${behind}`,
    ...tailSql(binder, table, { ...rest, orderBy: order }),
  ].join(' ');
}

/** Figures by group. */
export function groupSql(
  binder: Binder,
  table: TableDeclaration,
  projectId: string,
  grouping: SelectParts & {
    readonly by: readonly string[];
    readonly figures: Readonly<Record<string, Aggregate<PropertyKey>>>;
  },
): string {
  const { by, figures, where = {}, ...rest } = grouping;
  for (const name of by) columnOf(table, name);
  const figuresSql = Object.entries(figures).map(
    ([name, figure]) => `${figureSql(table, figure)} AS ${quote(name)}`,
  );
  return [
    `SELECT ${[...by.map(quote), ...figuresSql].join(', ')} FROM ${quote(table.name)}`,
    `WHERE ${whereSql(binder, table, projectId, where)}`,
    ...(by.length ? [`GROUP BY ${quoteAll(by)}`] : []),
    ...tailSql(binder, table, rest, figures),
  ].join(' ');
}

function tailSql(
  binder: Binder,
  table: TableDeclaration,
  { orderBy = {}, limit, offset = 0 }: Omit<SelectParts, 'where'>,
  figures: object = {},
): string[] {
  const order = Object.entries(orderBy).map(([name, direction]) => {
    const sign = readDirection(name, direction);
    const isFigure = Object.hasOwn(figures, name);
    const isNullable = isFigure || columnOf(table, name).column.isNullable;
    return `${quote(name)} ${sign.toUpperCase()}${isNullable ? binder.dialect.nulls(sign) : ''}`;
  });
  return [
    ...(order.length ? [`ORDER BY ${order.join(', ')}`] : []),
    ...(limit === undefined ? [] : [`LIMIT ${binder.bind(readCount('limit', limit))}`]),
    ...(offset === 0 ? [] : [`OFFSET ${binder.bind(readCount('offset', offset))}`]),
  ];
}

function figureSql(table: TableDeclaration, figure: Aggregate<PropertyKey>): string {
  if (figure === 'count') return 'COUNT(*)';
  const [[kind, name] = []] = Object.entries(figure);
  if (kind === undefined || !FIGURES.has(kind))
    throw new InvalidError(`"${kind}" is no figure`, 'Use count, sum, avg, min or max');
  const { column } = columnOf(table, String(name));
  if (!NUMERIC.has(column.type))
    throw new InvalidError(
      `Column "${String(name)}" of table "${table.name}" has no ${kind}: it is of type ${column.type}`,
      'Take figures of numbers and timestamps',
    );
  return `${kind.toUpperCase()}(${quote(String(name))})`;
}

const FIGURES = new Set(['sum', 'avg', 'min', 'max']);
const NUMERIC = new Set(['integer', 'real', 'timestamp']);

function readDirection(name: string, direction: unknown): 'asc' | 'desc' {
  if (direction === 'asc' || direction === 'desc') return direction;
  throw new InvalidError(`Column "${name}" cannot be sorted "${direction}"`, 'Use "asc" or "desc"');
}

function readCount(what: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidError(`"${what}" is ${value}`, 'Give a whole number, 0 or more');
}
