import { DateTime } from 'luxon';
import { linearRegex } from '../../expression/index.ts';
import { isPlainObject } from '../../graph/plain-object.ts';

export interface Comparison {
  readonly type: string;
  readonly operation: string;
  readonly left: unknown;
  readonly right: unknown;
  readonly ignoreCase: boolean;
}

/** Whether a comparison holds (n8n-facts C8). `undefined` for an operation nobody knows. */
export function holds(comparison: Comparison): boolean | undefined {
  const { operation, left } = comparison;
  switch (operation) {
    case 'exists':
      return isThere(left);
    case 'notExists':
      return !isThere(left);
    case 'empty':
      return isEmpty(comparison);
    case 'notEmpty':
      return !isEmpty(comparison);
    default:
  }
  switch (comparison.type) {
    case 'string':
      return compareText(comparison);
    case 'number':
      return compareNumbers(operation, comparison.left, comparison.right);
    case 'dateTime':
      return compareDates(comparison);
    case 'boolean':
      return compareBooleans(comparison);
    case 'array':
      return compareLists(comparison);
    default:
      return undefined;
  }
}

const isThere = (value: unknown) => value !== undefined && value !== null && !Number.isNaN(value);

function isEmpty({ type, left }: Comparison): boolean {
  if (!isThere(left)) return true;
  if (type === 'string') return left === '';
  if (type === 'array') return Array.isArray(left) && left.length === 0;
  if (type === 'object') return isPlainObject(left) && Object.keys(left).length === 0;
  return false;
}

function compareText({ operation, left, right, ignoreCase }: Comparison): boolean | undefined {
  const plain = (value: unknown) => (value == null ? '' : String(value));
  const fold = (value: unknown) => (ignoreCase ? plain(value).toLowerCase() : plain(value));
  const [text, wanted] = [fold(left), fold(right)];
  switch (operation) {
    case 'equals':
      return text === wanted;
    case 'notEquals':
      return text !== wanted;
    case 'contains':
      return text.includes(wanted);
    case 'notContains':
      return !text.includes(wanted);
    case 'startsWith':
      return text.startsWith(wanted);
    case 'notStartsWith':
      return !text.startsWith(wanted);
    case 'endsWith':
      return text.endsWith(wanted);
    case 'notEndsWith':
      return !text.endsWith(wanted);
    case 'regex':
      return matchesPattern(text, plain(right));
    case 'notRegex':
      return !matchesPattern(text, plain(right));
    default:
      return undefined;
  }
}

/** `/pattern/flags`, or a bare pattern. */
function matchesPattern(text: string, pattern: string): boolean {
  const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(pattern) ?? [];
  return linearRegex(source ?? pattern, flags).test(text);
}

function compareNumbers(operation: string, left: unknown, right: unknown): boolean | undefined {
  if (operation === 'equals') return left === right;
  if (operation === 'notEquals') return left !== right;
  const [a, b] = [Number(left), Number(right)];
  switch (operation) {
    case 'gt':
      return a > b;
    case 'lt':
      return a < b;
    case 'gte':
      return a >= b;
    case 'lte':
      return a <= b;
    default:
      return undefined;
  }
}

function compareDates({ operation, left, right }: Comparison): boolean | undefined {
  const [a, b] = [millis(left), millis(right)];
  if (a === undefined || b === undefined) return false;
  switch (operation) {
    case 'equals':
      return a === b;
    case 'notEquals':
      return a !== b;
    case 'after':
      return a > b;
    case 'before':
      return a < b;
    case 'afterOrEquals':
      return a >= b;
    case 'beforeOrEquals':
      return a <= b;
    default:
      return undefined;
  }
}

const millis = (value: unknown) => (DateTime.isDateTime(value) ? value.toMillis() : undefined);

function compareBooleans({ operation, left, right }: Comparison): boolean | undefined {
  switch (operation) {
    case 'true':
      return Boolean(left);
    case 'false':
      return !left;
    case 'equals':
      return left === right;
    case 'notEquals':
      return left !== right;
    default:
      return undefined;
  }
}

function compareLists({ operation, left, right, ignoreCase }: Comparison): boolean | undefined {
  const list: readonly unknown[] = Array.isArray(left) ? left : [];
  const fold = (value: unknown) =>
    ignoreCase && typeof value === 'string' ? value.toLowerCase() : value;
  const isIn = () => list.some((each) => fold(each) === fold(right));
  switch (operation) {
    case 'contains':
      return isIn();
    case 'notContains':
      return !isIn();
    case 'lengthEquals':
      return list.length === right;
    case 'lengthNotEquals':
      return list.length !== right;
    case 'lengthGt':
    case 'lengthLt':
    case 'lengthGte':
    case 'lengthLte':
      return compareNumbers(operation.slice('length'.length).toLowerCase(), list.length, right);
    default:
      return undefined;
  }
}
