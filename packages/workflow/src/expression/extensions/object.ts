import { toPropertyKey, toText } from '../capabilities/coerce.ts';
import { stringifyJson } from '../capabilities/json.ts';
import { ownEntries, putMember } from '../capabilities/object.ts';
import type { Context } from '../context.ts';
import { isRecord, typeError } from '../values.ts';
import { extensionError, type Extension, type Extensions } from './extension.ts';

type Fields = Record<string, unknown>;

function keep(
  context: Context,
  self: Fields,
  test: (value: unknown, key: string) => boolean,
): Fields {
  const kept: Fields = {};
  for (const [key, value] of ownEntries(context, self))
    if (test(value, key)) putMember(context, kept, key, value);
  return kept;
}

/** Drops empty members, at every depth. */
function compact(context: Context, self: Fields, depth = 0): Fields {
  if (depth > 200) throw typeError('nested too deeply');
  const kept: Fields = {};
  for (const [key, value] of ownEntries(context, self)) {
    if (value === null || value === undefined || value === '' || value === 'nil') continue;
    putMember(context, kept, key, isRecord(value) ? compact(context, value, depth + 1) : value);
  }
  return kept;
}

const required = (context: Context, value: unknown, name: string) => {
  if (typeof value !== 'string' || value === '')
    throw extensionError(`${name}(): expected non-empty string arg`);
  return toText(context, value);
};

const contains = (value: unknown, part: string) =>
  typeof value === 'string' && value.includes(part);

const impossible: Extension<Fields> = {
  description: 'Not possible',
  isHidden: true,
  run: () => {
    throw typeError('not possible on objects');
  },
};

/** Methods of objects. */
export const OBJECT_EXTENSIONS: Extensions<Fields> = {
  isEmpty: {
    description: 'Whether it has no fields',
    returns: 'Boolean',
    run: (_, self) => Object.keys(self).length === 0,
  },
  isNotEmpty: {
    description: 'Whether it has fields',
    returns: 'Boolean',
    run: (_, self) => Object.keys(self).length > 0,
  },
  hasField: {
    description: 'Whether it has a field of that name',
    args: 'name',
    returns: 'Boolean',
    run: (context, self, [name]) => toPropertyKey(context, name) in self,
  },
  removeField: {
    description: 'The object without one field',
    args: 'name',
    returns: 'Object',
    run: (context, self, [name]) => keep(context, self, (_, key) => key !== name),
  },
  removeFieldsContaining: {
    description: 'The object without fields whose text contains a value',
    args: 'value',
    returns: 'Object',
    run: (context, self, [value]) => {
      const part = required(context, value, 'removeFieldsContaining');
      return keep(context, self, (member) => !contains(member, part));
    },
  },
  keepFieldsContaining: {
    description: 'Only the fields whose text contains a value',
    args: 'value',
    returns: 'Object',
    run: (context, self, [value]) => {
      const part = required(context, value, 'keepFieldsContaining');
      return keep(context, self, (member) => contains(member, part));
    },
  },
  compact: {
    description: 'Drops null and empty fields',
    returns: 'Object',
    run: (context, self) => compact(context, self),
  },
  urlEncode: {
    description: 'The fields as a query string',
    returns: 'String',
    run: (context, self) =>
      new URLSearchParams(
        ownEntries(context, self).map(([key, value]): [string, string] => [
          key,
          toText(context, value),
        ]),
      ).toString(),
  },
  keys: {
    description: 'The names of the fields',
    returns: 'Array',
    run: (context, self) => ownEntries(context, self).map(([key]) => key),
  },
  values: {
    description: 'The values of the fields',
    returns: 'Array',
    run: (context, self) => ownEntries(context, self).map(([, value]) => value),
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
