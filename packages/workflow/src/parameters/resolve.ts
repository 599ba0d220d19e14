import { isOwn, parsePath } from './path.ts';

/** Evaluates one expression text (with its leading `=`). */
export type EvaluateText = (text: string) => unknown;

/** Gives a value with every expression in it evaluated. */
export type Resolver = (evaluate: EvaluateText) => unknown;

/** Whether a value is, or holds, an expression text. */
export function hasExpression(value: unknown): boolean {
  if (typeof value === 'string') return isText(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasExpression);
}

const isText = (text: string) => text.charCodeAt(0) === EQUALS;
const EQUALS = 61;

/**
 * The value with every expression in it evaluated. Parts without expressions are shared, not copied.
 *
 * What an expression gives is data: a result that looks like an expression is not evaluated again.
 */
export function resolveValue(value: unknown, evaluate: EvaluateText): unknown {
  const resolver = compileValue(value);
  return resolver ? resolver(evaluate) : value;
}

/** Makes a value ready to be resolved many times; `undefined` when there is no expression in it. */
export function compileValue(value: unknown): Resolver | undefined {
  if (typeof value === 'string') return isText(value) ? (evaluate) => evaluate(value) : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  return Array.isArray(value) ? compileList(value) : compileObject(value);
}

function compileList(list: readonly unknown[]): Resolver | undefined {
  const dynamic = list.flatMap((each, index) => {
    const resolver = compileValue(each);
    return resolver ? [{ index, resolver }] : [];
  });
  if (dynamic.length === 0) return undefined;
  return (evaluate) => {
    const resolved = [...list];
    for (const { index, resolver } of dynamic) resolved[index] = resolver(evaluate);
    return resolved;
  };
}

function compileObject(value: object): Resolver | undefined {
  // A copy with ordinary, fast properties: it is copied again for each item.
  const template: Record<string, unknown> = { ...value };
  const dynamic = Object.entries(template).flatMap(([key, each]) => {
    const resolver = key === '__proto__' ? undefined : compileValue(each);
    return resolver ? [{ key, resolver }] : [];
  });
  if (dynamic.length === 0) return undefined;
  return (evaluate) => {
    const resolved = { ...template };
    for (const { key, resolver } of dynamic) resolved[key] = resolver(evaluate);
    return resolved;
  };
}

/**
 * What a parameter path leads to: a constant, a value with expressions, or a step into what an expression
 * gives.
 */
export type Found =
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'dynamic'; readonly value: unknown; readonly resolve: Resolver }
  | { readonly kind: 'within'; readonly text: string; readonly rest: readonly string[] };

/** Finds out once where a path leads, so that each item costs only its own expressions. */
export function findByPath(parameters: unknown, path: string): Found {
  if (isOwn(parameters, path)) return foundAs(parameters[path]);
  const parts = parsePath(path);
  let value = parameters;
  for (const [index, part] of parts.entries()) {
    if (typeof value === 'string' && isText(value)) {
      return { kind: 'within', text: value, rest: parts.slice(index) };
    }
    if (!isOwn(value, part)) return { kind: 'constant', value: undefined };
    value = value[part];
  }
  return foundAs(value);
}

function foundAs(value: unknown): Found {
  const resolve = compileValue(value);
  return resolve ? { kind: 'dynamic', value, resolve } : { kind: 'constant', value };
}

/** The value behind what {@link findByPath} found, for one item. */
export function resolveFound(found: Found, evaluate: EvaluateText): unknown {
  switch (found.kind) {
    case 'constant':
      return found.value;
    case 'dynamic':
      return found.resolve(evaluate);
    case 'within': {
      let value = evaluate(found.text);
      for (const part of found.rest) {
        if (!isOwn(value, part)) return undefined;
        value = value[part];
      }
      return value;
    }
    default:
      return found satisfies never;
  }
}
