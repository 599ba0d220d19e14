import { toPropertyKey } from '../capabilities/coerce.ts';
import { stringifyJson } from '../capabilities/json.ts';
import { putMember } from '../capabilities/object.ts';
import type { Context } from '../context.ts';
import { requireChangeable } from '../scope-data.ts';
import { isRecord, typeError } from '../values.ts';
import { listArgument, merge, renameKeys, setOperation, smartJoin } from './array-joining.ts';
import { isEmptyValue } from './empty.ts';
import { distinct } from './equality.ts';
import { extensionError, type Extension, type Extensions } from './extension.ts';

type List = unknown[];

function numbers(self: List, name: string): number[] {
  return self.map((element) => {
    if (typeof element !== 'number')
      throw extensionError(`${name}(): all array elements must be numbers`);
    return element;
  });
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function unique(context: Context, self: List, fields: readonly unknown[]): List {
  if (fields.length === 0) return distinct(context, self);
  return distinct(context, self, (element) =>
    isRecord(element) ? fields.map((field) => read(context, element, field)) : element,
  );
}

function read(context: Context, record: Record<string, unknown>, field: unknown): unknown {
  const name = toPropertyKey(context, field);
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function pluck(context: Context, self: List, fields: readonly unknown[]): List {
  if (fields.length === 0) return self;
  context.reserveList(self.length);
  return self.map((element) => {
    if (!isRecord(element)) return element;
    if (fields.length === 1) return read(context, element, fields[0]);
    const kept: Record<string, unknown> = {};
    for (const field of fields)
      putMember(context, kept, toPropertyKey(context, field), read(context, element, field));
    return kept;
  });
}

function chunk(context: Context, self: List, [length]: readonly unknown[]): List[] {
  if (typeof length !== 'number' || length <= 0)
    throw extensionError('chunk(): expected non-zero numeric arg, e.g. .chunk(5)');
  const size = Math.max(1, Math.floor(length));
  context.reserveList(self.length);
  return Array.from({ length: Math.ceil(self.length / size) }, (_, index) =>
    self.slice(index * size, (index + 1) * size),
  );
}

const impossible: Extension<List> = {
  description: 'Not possible',
  isHidden: true,
  run: () => {
    throw typeError('not possible on arrays');
  },
};

const uniqueExtension: Extension<List> = {
  description: 'Drops elements equal to an earlier one, by some fields or as a whole',
  args: '...fields',
  returns: 'Array',
  run: unique,
};

const mergeExtension: Extension<List> = {
  description: 'Puts the fields of both lists’ objects into one object',
  args: 'other',
  returns: 'Object',
  run: merge,
};

/** Methods of arrays. */
export const ARRAY_EXTENSIONS: Extensions<List> = {
  removeDuplicates: { ...uniqueExtension, isHidden: true },
  unique: uniqueExtension,
  first: { description: 'The first element', returns: 'Any', run: (_, self) => self[0] },
  last: { description: 'The last element', returns: 'Any', run: (_, self) => self.at(-1) },
  reverse: {
    description: 'Reverses the order',
    isHidden: true,
    run: (context, self) => {
      requireChangeable(context);
      // oxlint-disable-next-line unicorn/no-array-reverse -- reversing in place is what it is for
      return self.reverse();
    },
  },
  pluck: {
    description: 'The values of some fields of each object',
    args: '...fields',
    returns: 'Array',
    run: pluck,
  },
  randomItem: {
    description: 'Any one element',
    returns: 'Any',
    run: (_, self) => self[Math.floor(Math.random() * self.length)],
  },
  sum: {
    description: 'The sum of the numbers',
    returns: 'Number',
    run: (_, self) => total(numbers(self, 'sum')),
  },
  min: {
    description: 'The smallest number',
    returns: 'Number',
    run: (_, self) => numbers(self, 'min').reduce((a, b) => Math.min(a, b), Infinity),
  },
  max: {
    description: 'The largest number',
    returns: 'Number',
    run: (_, self) => numbers(self, 'max').reduce((a, b) => Math.max(a, b), -Infinity),
  },
  average: {
    description: 'The average of the numbers',
    returns: 'Number',
    run: (_, self) => (self.length === 0 ? 0 : total(numbers(self, 'average')) / self.length),
  },
  isEmpty: {
    description: 'Whether it has no elements',
    returns: 'Boolean',
    run: (_, self) => self.length === 0,
  },
  isNotEmpty: {
    description: 'Whether it has elements',
    returns: 'Boolean',
    run: (_, self) => self.length > 0,
  },
  compact: {
    description: 'Drops null, empty text and empty objects',
    returns: 'Array',
    run: (_, self) => self.filter((element) => element !== 'nil' && !isEmptyValue(element)),
  },
  smartJoin: {
    description: 'One object out of a list of key–value objects',
    args: 'keyField, nameField',
    returns: 'Object',
    run: smartJoin,
  },
  chunk: {
    description: 'Splits into lists of a length',
    args: 'length',
    returns: 'Array',
    run: chunk,
  },
  renameKeys: {
    description: 'Renames fields of each object',
    args: 'from, to, …',
    returns: 'Array',
    run: renameKeys,
  },
  merge: { ...mergeExtension, isHidden: true },
  mergeIntoObject: mergeExtension,
  union: {
    description: 'The elements of both lists, each once',
    args: 'other',
    returns: 'Array',
    run: (context, self, [other]) => distinct(context, [...self, ...listArgument(other, 'union')]),
  },
  difference: {
    description: 'The elements the other list lacks',
    args: 'other',
    returns: 'Array',
    run: setOperation('difference', (isInOther) => !isInOther),
  },
  intersection: {
    description: 'The elements both lists have',
    args: 'other',
    returns: 'Array',
    run: setOperation('intersection', (isInOther) => isInOther),
  },
  append: {
    description: 'The list with more elements at its end',
    args: '...elements',
    returns: 'Array',
    run: (context, self, elements) => {
      context.reserveList(self.length + elements.length);
      return [...self, ...elements];
    },
  },
  toJsonString: {
    description: 'As JSON',
    returns: 'String',
    run: (context, self) => stringifyJson(context, [self]),
  },
  toInt: impossible,
  toFloat: impossible,
  toBoolean: impossible,
  toDateTime: impossible,
};
