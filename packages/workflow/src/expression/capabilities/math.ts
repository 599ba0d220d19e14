import { native, NativeFunction } from '../values.ts';
import { toNumber } from './coerce.ts';

const ONE = [
  'abs',
  'acos',
  'acosh',
  'asin',
  'asinh',
  'atan',
  'atanh',
  'cbrt',
  'ceil',
  'clz32',
  'cos',
  'cosh',
  'exp',
  'expm1',
  'floor',
  'fround',
  'log',
  'log10',
  'log1p',
  'log2',
  'round',
  'sign',
  'sin',
  'sinh',
  'sqrt',
  'tan',
  'tanh',
  'trunc',
] as const;

const TWO = ['atan2', 'pow', 'imul'] as const;
const MANY = ['max', 'min', 'hypot'] as const;
const CONSTANTS = ['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'] as const;

export const MATH = new NativeFunction('Math', {
  members: new Map<string, unknown>([
    ...CONSTANTS.map((name): [string, unknown] => [name, Math[name]]),
    ...ONE.map((name): [string, unknown] => [
      name,
      native(name, (context, _, [value]) => Math[name](toNumber(context, value))),
    ]),
    ...TWO.map((name): [string, unknown] => [
      name,
      native(name, (context, _, [one, other]) =>
        Math[name](toNumber(context, one), toNumber(context, other)),
      ),
    ]),
    ...MANY.map((name): [string, unknown] => [
      name,
      native(name, (context, _, values) =>
        Math[name](...values.map((value) => toNumber(context, value))),
      ),
    ]),
    ['random', native('random', () => Math.random())],
  ]),
});
