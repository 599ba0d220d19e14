import type { DataColumnType, DataCondition, DataFilter } from '@millrace/workflow/node-api';
import { InvalidError } from '../../platform/index.ts';
import { readValue } from './data-value.ts';
import { columnName, type StoredColumn } from './table-shape.ts';

/** Where the values of a column are kept, and of what type they are. */
export interface Place {
  readonly stored: string;
  readonly type: DataColumnType;
}

/** Where columns of these names are kept, the system's own with them. */
export function placesOf(columns: readonly StoredColumn[]): ReadonlyMap<string, Place> {
  return new Map<string, Place>([
    ['id', { stored: 'id', type: 'number' }],
    ...columns.map(
      (column) => [column.name, { stored: columnName(column), type: column.type }] as const,
    ),
    ['createdAt', { stored: 'createdAt', type: 'date' }],
    ['updatedAt', { stored: 'updatedAt', type: 'date' }],
  ]);
}

/** @throws {InvalidError} that lists the columns there are. */
export function placeOf(places: ReadonlyMap<string, Place>, name: string): Place {
  const place = places.get(name);
  if (place) return place;
  throw new InvalidError(
    `There is no column "${name}"`,
    `Use one of: ${[...places.keys()].join(', ')}`,
  );
}

/** A filter as a condition on the table that holds the rows. */
export function toWhere(
  filter: DataFilter | undefined,
  places: ReadonlyMap<string, Place>,
): object {
  if (!filter || filter.conditions.length === 0) return {};
  const each = filter.conditions.map((condition) => conditionOf(condition, places));
  return filter.match === 'any' ? { or: each } : { and: each };
}

function conditionOf(asked: DataCondition, places: ReadonlyMap<string, Place>): object {
  const { column, condition } = asked;
  const { stored, type } = placeOf(places, column);
  const value = () => readValue(column, type, asked.value);
  switch (condition) {
    case 'eq':
      return { [stored]: value() };
    case 'neq':
      return { [stored]: { not: value() } };
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return { [stored]: { [condition]: value() } };
    case 'like':
    case 'ilike':
      return { [stored]: { like: String(asked.value ?? '') } };
    case 'isEmpty':
      return type === 'string' ? { [stored]: { in: ['', null] } } : { [stored]: null };
    case 'isNotEmpty':
      return type === 'string'
        ? { and: [{ [stored]: { not: null } }, { [stored]: { not: '' } }] }
        : { [stored]: { not: null } };
    case 'isTrue':
      return { [stored]: true };
    case 'isFalse':
      return { [stored]: false };
    default:
      return condition satisfies never;
  }
}
