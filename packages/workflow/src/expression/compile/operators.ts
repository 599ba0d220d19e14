import type { BinaryOperator } from 'acorn';
import { DateTime } from 'luxon';
import { hasMember } from '../capabilities/members.ts';
import { toNumber, toNumeric, toPrimitive, toText } from '../capabilities/coerce.ts';
import type { Context } from '../context.ts';
import { GuestFunction, isObject, NativeFunction, rangeError, typeError } from '../values.ts';

export type Binary = (context: Context, left: unknown, right: unknown) => unknown;

/** `left + right`, metered. */
export function add(context: Context, left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'string' && typeof right === 'string') return joinTexts(context, left, right);
  const one = toPrimitive(context, left, left instanceof DateTime ? 'string' : 'default');
  const other = toPrimitive(context, right, right instanceof DateTime ? 'string' : 'default');
  if (typeof one === 'string' || typeof other === 'string') {
    return joinTexts(context, toText(context, one), toText(context, other));
  }
  if (typeof one === 'bigint' && typeof other === 'bigint') return sized(context, one + other);
  refuseMixed(one, other);
  return Number(one) + Number(other);
}

function joinTexts(context: Context, one: string, other: string): string {
  const length = one.length + other.length;
  if (length > context.limits.stringLength) context.reserveText(length);
  context.allocate(16 + Math.min(one.length, other.length));
  return one + other;
}

function refuseMixed(one: unknown, other: unknown): void {
  if (typeof one === 'bigint' || typeof other === 'bigint')
    throw typeError('Cannot mix BigInt and other types');
}

function sized(context: Context, value: bigint): bigint {
  context.reserveBits(bitsOf(value));
  return value;
}

const bitsOf = (value: bigint) => value.toString(16).length * 4;

interface Arithmetic {
  readonly numbers: (one: number, other: number) => number;
  readonly bigints: (one: bigint, other: bigint) => bigint;
  /** Bits the result may take, asked before it is made. */
  readonly bits?: (one: bigint, other: bigint) => number;
}

const arithmetic =
  ({ numbers, bigints, bits }: Arithmetic): Binary =>
  (context, left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return numbers(left, right);
    const one = toNumeric(context, left);
    const other = toNumeric(context, right);
    if (typeof one === 'bigint' && typeof other === 'bigint') {
      context.reserveBits(bits ? bits(one, other) : Math.max(bitsOf(one), bitsOf(other)));
      return bigints(one, other);
    }
    refuseMixed(one, other);
    return numbers(Number(one), Number(other));
  };

const shiftBits = (one: bigint, other: bigint) => bitsOf(one) + Math.max(0, Number(other));

function divide(one: bigint, other: bigint): bigint {
  if (other === 0n) throw rangeError('Division by zero');
  return one / other;
}

const compare =
  (
    numbers: (one: number, other: number) => boolean,
    others: (one: string, other: string) => boolean,
  ): Binary =>
  (context, left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return numbers(left, right);
    const one = toPrimitive(context, left, 'number');
    const other = toPrimitive(context, right, 'number');
    if (typeof one === 'string' && typeof other === 'string') return others(one, other);
    return numbers(comparable(one), comparable(other));
  };

/** Text and BigInts as numbers: exact up to 2^53, which is all comparisons here promise. */
const comparable = (value: unknown) => (value === undefined ? Number.NaN : Number(value));

/** `left == right`. */
export function looselyEqual(context: Context, left: unknown, right: unknown): boolean {
  if (isObject(left) === isObject(right)) return equalPrimitives(left, right);
  if (left === null || left === undefined || right === null || right === undefined) return false;
  return equalPrimitives(
    toPrimitive(context, left, 'default'),
    toPrimitive(context, right, 'default'),
  );
}

// oxlint-disable-next-line eqeqeq -- the operator's own meaning, on values that cannot run code
const equalPrimitives = (left: unknown, right: unknown): boolean => left == right;

function isInstance(_: Context, left: unknown, right: unknown): boolean {
  if (right instanceof NativeFunction && right.parts.isInstance)
    return right.parts.isInstance(left);
  throw typeError("Right-hand side of 'instanceof' is not callable");
}

/** Every binary operator of the language. */
export const BINARY: Readonly<Record<BinaryOperator, Binary>> = {
  '+': add,
  '-': arithmetic({ numbers: (one, other) => one - other, bigints: (one, other) => one - other }),
  '*': arithmetic({
    numbers: (one, other) => one * other,
    bigints: (one, other) => one * other,
    bits: (one, other) => bitsOf(one) + bitsOf(other),
  }),
  '/': arithmetic({ numbers: (one, other) => one / other, bigints: divide }),
  '%': arithmetic({
    numbers: (one, other) => one % other,
    bigints: (one, other) => one - divide(one, other) * other,
  }),
  '**': arithmetic({
    numbers: (one, other) => one ** other,
    bigints: (one, other) => one ** other,
    bits: (one, other) => bitsOf(one) * Math.max(1, Number(other)),
  }),
  '|': arithmetic({ numbers: (one, other) => one | other, bigints: (one, other) => one | other }),
  '&': arithmetic({ numbers: (one, other) => one & other, bigints: (one, other) => one & other }),
  '^': arithmetic({ numbers: (one, other) => one ^ other, bigints: (one, other) => one ^ other }),
  '<<': arithmetic({
    numbers: (one, other) => one << other,
    bigints: (one, other) => one << other,
    bits: shiftBits,
  }),
  '>>': arithmetic({
    numbers: (one, other) => one >> other,
    bigints: (one, other) => one >> other,
  }),
  '>>>': (context, left, right) => toNumber(context, left) >>> toNumber(context, right),
  '<': compare(
    (one, other) => one < other,
    (one, other) => one < other,
  ),
  '<=': compare(
    (one, other) => one <= other,
    (one, other) => one <= other,
  ),
  '>': compare(
    (one, other) => one > other,
    (one, other) => one > other,
  ),
  '>=': compare(
    (one, other) => one >= other,
    (one, other) => one >= other,
  ),
  '==': looselyEqual,
  '!=': (context, left, right) => !looselyEqual(context, left, right),
  '===': (_, left, right) => left === right,
  '!==': (_, left, right) => left !== right,
  in: (context, left, right) => hasMember(context, right, left),
  instanceof: isInstance,
};

/** `typeof value`, without ever saying what we are made of. */
export function typeName(value: unknown): string {
  if (value instanceof GuestFunction) return 'function';
  if (value instanceof NativeFunction)
    return value.parts.call || value.parts.construct || value.parts.isClass ? 'function' : 'object';
  return typeof value;
}
