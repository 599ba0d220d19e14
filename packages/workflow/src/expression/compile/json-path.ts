import type { Expression, PrivateIdentifier, Super } from 'acorn';
import { isRefusedName } from '../capabilities/names.ts';
import type { Code } from './code.ts';
import { staticName } from './static-name.ts';
import type { Names } from './names.ts';

type Node = Expression | Super | PrivateIdentifier;

/**
 * The names in `$json.a["b"].c`, for the way most expressions take: data of the current item.
 * `undefined` for anything else: names that are refused, and `length`, which is asked of lists and text.
 */
export function jsonPath(node: Node, names: Names): readonly string[] | undefined {
  if (node.type === 'Identifier')
    return node.name === '$json' && !names.resolve('$json') ? [] : undefined;
  if (node.type !== 'MemberExpression' || node.optional) return undefined;
  const name = staticName(node);
  if (name === undefined || name === 'length' || isRefusedName(name)) return undefined;
  const outer = jsonPath(node.object, names);
  return outer && [...outer, name];
}

/**
 * Walks plain records along `path`. Gives `undefined` also for what needs more than a record's own
 * data (lists, text, methods): the capability table then has the say.
 */
export function dataAt(data: unknown, path: readonly string[]): unknown {
  let value = data;
  for (let index = 0; index < path.length; index++) {
    if (typeof value !== 'object' || value === null) return undefined;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return undefined;
    value = Reflect.get(value, path[index] ?? '');
  }
  return typeof value === 'function' ? undefined : value;
}

/** Reads a path at once where that is all it takes, and step by step otherwise. */
export const compileJsonPath =
  (path: readonly string[], stepByStep: Code): Code =>
  (frame, context) => {
    if (context.isPlain) {
      const value = dataAt(context.scope.input[context.itemIndex]?.json, path);
      if (value !== undefined) return value;
    }
    return stepByStep(frame, context);
  };
