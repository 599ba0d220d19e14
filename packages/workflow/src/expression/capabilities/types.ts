import { isObject } from '../values.ts';
import { ARRAY } from './array.ts';
import { BIGINT, BOOLEAN, NUMBER } from './number.ts';
import { DATE } from './date.ts';
import { ERROR } from './error.ts';
import { FUNCTION } from './function.ts';
import { INTL_TYPES } from './intl.ts';
import { ITERATOR } from './iterator.ts';
import { LUXON_TYPES } from './luxon.ts';
import { MAP, SET } from './map-set.ts';
import { RECORD } from './object.ts';
import { REGEX } from './regexp.ts';
import { STRING } from './string.ts';
import type { TypeCapability } from './type.ts';
import { TYPED_ARRAY } from './typed-array.ts';

export { ARRAY } from './array.ts';
export { RECORD } from './object.ts';
export { STRING } from './string.ts';

const OBJECT_TYPES: readonly TypeCapability[] = [
  ARRAY,
  DATE,
  ...LUXON_TYPES,
  MAP,
  SET,
  REGEX,
  FUNCTION,
  ERROR,
  ITERATOR,
  TYPED_ARRAY,
  ...INTL_TYPES,
  RECORD,
];

/** The type whose members `value` has; `undefined` for null, undefined and objects we do not know. */
export function typeOf(value: unknown): TypeCapability | undefined {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'number':
      return NUMBER;
    case 'boolean':
      return BOOLEAN;
    case 'bigint':
      return BIGINT;
    default:
      if (Array.isArray(value)) return ARRAY;
      return isObject(value) ? OBJECT_TYPES.find((type) => type.is(value)) : undefined;
  }
}
