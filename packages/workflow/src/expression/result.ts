import { DateTime, Duration, Interval } from 'luxon';
import type { Context } from './context.ts';
import { toText } from './capabilities/coerce.ts';
import { isTypedArray } from './capabilities/iteration.ts';
import { ExpressionError } from './expression.errors.ts';
import {
  Facade,
  GuestError,
  GuestFunction,
  GuestIterator,
  isRecord,
  NativeFunction,
} from './values.ts';

const MAX_DEPTH = 500;

/**
 * Turns an expression's value into what leaves the evaluator: plain data, dates and Luxon values.
 *
 * Inside lists and records, Luxon values become ISO text (n8n-facts B1.6). Patterns are empty objects, as in
 * JSON. Functions are refused, and so are cycles. Parts that are plain already are not copied.
 */
export function toPlainData(context: Context, value: unknown): unknown {
  if (Array.isArray(value) && value.every(isFinal)) return value;
  if (value instanceof DateTime || value instanceof Duration || value instanceof Interval)
    return value;
  return convert(context, value, []);
}

function convert(context: Context, value: unknown, open: object[]): unknown {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'symbol' || typeof value === 'function'
      ? refuse(String(typeof value))
      : value;
  }
  if (open.includes(value))
    throw new ExpressionError('Expression evaluation failed: the value contains itself');
  if (open.length >= MAX_DEPTH)
    throw new ExpressionError('Expression evaluation failed: the value is nested too deeply');
  context.spend(1);
  open.push(value);
  const plain = convertObject(context, value, open);
  open.pop();
  return plain;
}

function convertObject(context: Context, value: object, open: object[]): unknown {
  if (Array.isArray(value)) return convertList(context, value, open);
  if (isRecord(value)) return convertRecord(context, value, open);
  if (value instanceof GuestFunction || value instanceof NativeFunction)
    return refuse(toText(context, value));
  if (value instanceof DateTime || value instanceof Duration || value instanceof Interval)
    return value.toString();
  if (value instanceof GuestError) return { name: value.name, message: value.message };
  if (value instanceof GuestIterator) return convertList(context, value.items, open);
  if (value instanceof Facade) return convertFacade(context, value, open);
  if (value instanceof Map) {
    return new Map(
      [...value].map(([key, member]) => [
        convert(context, key, open),
        convert(context, member, open),
      ]),
    );
  }
  if (value instanceof Set)
    return new Set([...value].map((member) => convert(context, member, open)));
  if (value instanceof Date || isTypedArray(value)) return value;
  return {};
}

/** Whether a value is plain as it stands. */
const isFinal = (value: unknown) =>
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  value === null;

function refuse(what: string): never {
  const text = what.length > 200 ? `${what.slice(0, 200)}…` : what;
  throw new ExpressionError(
    `Expression evaluation failed: ${text} could not be cloned.`,
    {},
    'This is a function: add () to call it, or return data',
  );
}

function convertList(context: Context, list: readonly unknown[], open: object[]): unknown {
  let changed: unknown[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const element = list[index];
    const plain = isFinal(element) ? element : convert(context, element, open);
    if (!changed && !Object.is(plain, element)) changed = list.slice(0, index);
    changed?.push(plain);
  }
  return changed ?? list;
}

function convertRecord(context: Context, record: Record<string, unknown>, open: object[]): unknown {
  const plain: Record<string, unknown> = {};
  let isSame = true;
  for (const key of Object.keys(record)) {
    if (key === '__proto__') {
      isSame = false;
      continue;
    }
    const member = record[key];
    plain[key] = isFinal(member) ? member : convert(context, member, open);
    isSame &&= Object.is(plain[key], member);
  }
  return isSame ? record : plain;
}

/** A `$`-variable as a whole: its data members. */
function convertFacade(context: Context, facade: Facade, open: object[]): unknown {
  const plain: Record<string, unknown> = {};
  for (const key of facade.keys()) {
    const member = facade.get(key, context);
    if (!(member instanceof NativeFunction)) plain[key] = convert(context, member, open);
  }
  return plain;
}
