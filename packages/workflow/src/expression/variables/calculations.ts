import { isEmptyValue } from '../extensions/empty.ts';
import { toNumber, toText } from '../capabilities/coerce.ts';
import { listOf } from '../capabilities/iteration.ts';
import { putMember } from '../capabilities/object.ts';
import type { Context } from '../context.ts';
import { ExpressionError } from '../expression.errors.ts';
import { native, type NativeFunction } from '../values.ts';

const numbers = (context: Context, values: readonly unknown[]) =>
  values
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .map((value) => toNumber(context, value));

const max = native('max', (context, _, values) =>
  numbers(context, values).reduce((a, b) => Math.max(a, b), -Infinity),
);
const min = native('min', (context, _, values) =>
  numbers(context, values).reduce((a, b) => Math.min(a, b), Infinity),
);

const average = native('average', (context, _, values) => {
  const list = numbers(context, values);
  return list.reduce((sum, value) => sum + value, 0) / list.length;
});

const not = native('not', (_, __, [value]) => !value);

const ifEmpty = native('$ifEmpty', (_, __, args) => {
  if (args.length !== 2)
    throw new ExpressionError('expected two arguments (value, defaultValue) for this function');
  return isEmptyValue(args[0]) ? args[1] : args[0];
});

const numberList = native('numberList', (context, _, [start, end]) => {
  const from = toNumber(context, start);
  const to = toNumber(context, end);
  const length = Math.floor(Math.abs(to - from)) + 1;
  context.reserveList(length);
  const step = from <= to ? 1 : -1;
  return Array.from({ length }, (__, index) => from + index * step);
});

const zip = native('zip', (context, _, [keys, values]) => {
  const names = listOf(context, keys);
  const list = listOf(context, values);
  if (names.length !== list.length)
    throw new ExpressionError('keys and values not of equal length');
  const record: Record<string, unknown> = {};
  for (const [index, name] of names.entries())
    putMember(context, record, toText(context, name), list[index]);
  return record;
});

/** The helper functions, by every name they have. */
export const CALCULATIONS: Readonly<Record<string, NativeFunction>> = {
  $max: max,
  $min: min,
  $average: average,
  $not: not,
  $ifEmpty: ifEmpty,
  max,
  min,
  average,
  not,
  numberList,
  zip,
};
