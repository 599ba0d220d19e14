import { evaluateFilter } from '@millrace/workflow/parameters';
import { DateTime } from 'luxon';

/** One row of a version 1 condition: both values are resolved. */
export interface LegacyCondition {
  readonly value1: unknown;
  readonly operation: string;
  readonly value2: unknown;
}

type Compare = (left: unknown, right: unknown) => boolean;

const text = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value);

const comparisons: Readonly<Record<string, Compare>> = {
  after: (left, right) => moment(left) > moment(right),
  before: (left, right) => moment(left) < moment(right),
  contains: (left, right) => text(left).includes(text(right)),
  notContains: (left, right) => !text(left).includes(text(right)),
  endsWith: (left, right) => text(left).endsWith(text(right)),
  notEndsWith: (left, right) => !text(left).endsWith(text(right)),
  equal: (left, right) => left === right,
  notEqual: (left, right) => left !== right,
  larger: (left, right) => number(left) > number(right),
  largerEqual: (left, right) => number(left) >= number(right),
  smaller: (left, right) => number(left) < number(right),
  smallerEqual: (left, right) => number(left) <= number(right),
  startsWith: (left, right) => text(left).startsWith(text(right)),
  notStartsWith: (left, right) => !text(left).startsWith(text(right)),
  isEmpty: (left) => isEmpty(left),
  isNotEmpty: (left) => !isEmpty(left),
  regex: (left, right) => matches(text(left), text(right)),
  notRegex: (left, right) => !matches(text(left), text(right)),
};

/** Whether a version 1 condition holds. An unknown operation does not. */
export function legacyHolds({ value1, operation, value2 }: LegacyCondition): boolean {
  const compare = Object.hasOwn(comparisons, operation) ? comparisons[operation] : undefined;
  return compare?.(value1, value2) ?? false;
}

const number = (value: unknown): number =>
  value === null || value === undefined ? 0 : Number(value);

/** ms since the epoch. */
function moment(value: unknown): number {
  if (DateTime.isDateTime(value)) return value.toMillis();
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'number') return value;
  const iso = DateTime.fromISO(text(value));
  return iso.isValid ? iso.toMillis() : new Date(text(value)).getTime();
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (value instanceof Date) return Number.isNaN(value.getTime());
  return (
    typeof value === 'object' && !DateTime.isDateTime(value) && Object.keys(value).length === 0
  );
}

/** `/pattern/flags` or a plain pattern, matched as the newer conditions do. */
function matches(subject: string, pattern: string): boolean {
  const operator = { type: 'string', operation: 'regex' };
  const condition = { leftValue: subject, rightValue: pattern, operator };
  return evaluateFilter({
    combinator: 'and',
    conditions: [condition],
    options: { caseSensitive: true },
  });
}
