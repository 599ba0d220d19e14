import type { ChainExpression, MemberExpression } from 'acorn';
import { getComputed, getMember } from '../capabilities/members.ts';
import { isRefusedName, refuseName } from '../capabilities/names.ts';
import type { Code } from './code.ts';
import { compileJsonPath, jsonPath } from './json-path.ts';
import type { Names } from './names.ts';
import { staticName } from './static-name.ts';

/** What an optional chain gives once its target was missing, until the chain's end. */
export const SKIPPED = Symbol('skipped');

export function compileMember(node: MemberExpression, names: Names): Code {
  const target = names.compile(node.object);
  const name = staticName(node);
  const isOptional = node.optional;
  if (name === undefined) {
    const key = names.compile(node.property);
    return (frame, context) => {
      const object = target(frame, context);
      if (isMissing(object, isOptional)) return SKIPPED;
      return getComputed(context, object, key(frame, context));
    };
  }
  if (isRefusedName(name)) return () => refuseName(name);
  const step: Code =
    isOptional || mayBeSkipped(node.object)
      ? (frame, context) => {
          const object = target(frame, context);
          return isMissing(object, isOptional) ? SKIPPED : getMember(context, object, name);
        }
      : (frame, context) => getMember(context, target(frame, context), name);
  const path = jsonPath(node, names);
  return path ? compileJsonPath(path, step) : step;
}

/** Whether the chain ends here: it ended before, or `?.` met nothing. */
export const isMissing = (object: unknown, isOptional: boolean): boolean =>
  object === SKIPPED || (isOptional && (object === undefined || object === null));

const mayBeSkipped = (node: MemberExpression['object']) =>
  node.type === 'MemberExpression' || node.type === 'CallExpression';

/** The key of a member that is written or deleted. */
export function compileKey(node: MemberExpression, names: Names): Code {
  const name = staticName(node);
  return name === undefined ? names.compile(node.property) : () => name;
}

export function compileChain(node: ChainExpression, names: Names): Code {
  const chain = names.compile(node.expression);
  return (frame, context) => {
    const value = chain(frame, context);
    return value === SKIPPED ? undefined : value;
  };
}
