import { linearRegex, PatternError } from '../expression/index.ts';

/**
 * One `_cnd` of displayOptions (n8n-facts C6.8) against the values a key has.
 *
 * Every value must satisfy it; of no values only `not` holds.
 */
export function matchesCondition(
  condition: Readonly<Record<string, unknown>>,
  values: readonly unknown[],
): boolean {
  const [[operation, wanted] = ['', undefined]] = Object.entries(condition);
  if (values.length === 0) return operation === 'not';
  return values.every((value) => holds(operation, value, wanted));
}

function holds(operation: string, value: unknown, wanted: unknown): boolean {
  switch (operation) {
    case 'eq':
      return isSame(value, wanted);
    case 'not':
      return !isSame(value, wanted);
    case 'gte':
      return compare(value, wanted, (sign) => sign >= 0);
    case 'lte':
      return compare(value, wanted, (sign) => sign <= 0);
    case 'gt':
      return compare(value, wanted, (sign) => sign > 0);
    case 'lt':
      return compare(value, wanted, (sign) => sign < 0);
    case 'between':
      return isBetween(value, wanted);
    case 'startsWith':
      return String(value).startsWith(String(wanted));
    case 'endsWith':
      return String(value).endsWith(String(wanted));
    case 'includes':
      return String(value).includes(String(wanted));
    case 'regex':
      return matchesPattern(String(wanted), String(value));
    case 'exists':
      return value !== undefined && value !== null && value !== '';
    default:
      return false;
  }
}

const isSame = (left: unknown, right: unknown): boolean =>
  left === right ||
  (typeof left === 'object' && left !== null && JSON.stringify(left) === JSON.stringify(right));

function compare(left: unknown, right: unknown, accept: (sign: number) => boolean): boolean {
  if (typeof left === 'number' && typeof right === 'number') return accept(left - right);
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  return accept(left < right ? -1 : Number(left > right));
}

function isBetween(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return false;
  if (!('from' in wanted) || !('to' in wanted)) return false;
  const { from, to } = wanted;
  return compare(value, from, (sign) => sign >= 0) && compare(value, to, (sign) => sign <= 0);
}

/** A pattern that cannot be run shows nothing: a description must not keep its node from being opened. */
function matchesPattern(pattern: string, text: string): boolean {
  try {
    return linearRegex(pattern).test(text);
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}
