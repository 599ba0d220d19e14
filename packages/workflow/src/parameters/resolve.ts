import { isOwn, parsePath } from './path.ts';

/** Evaluates one expression text (with its leading `=`). */
export type EvaluateText = (text: string) => unknown;

/** Whether a value is, or holds, an expression text. */
export function hasExpression(value: unknown): boolean {
  if (typeof value === 'string') return value.charCodeAt(0) === EQUALS;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasExpression);
}

const EQUALS = 61;

/**
 * The value with every expression in it evaluated. Parts without expressions are shared, not copied.
 *
 * What an expression gives is data: a result that looks like an expression is not evaluated again.
 */
export function resolveValue(value: unknown, evaluate: EvaluateText): unknown {
  if (typeof value === 'string') return value.charCodeAt(0) === EQUALS ? evaluate(value) : value;
  if (typeof value !== 'object' || value === null || !hasExpression(value)) return value;
  if (Array.isArray(value)) return value.map((each) => resolveValue(each, evaluate));
  const resolved: Record<string, unknown> = Object.create(null);
  for (const [key, each] of Object.entries(value)) resolved[key] = resolveValue(each, evaluate);
  return resolved;
}

/** The raw value at a path; an expression on the way there is evaluated first, and what it gave is data. */
export function lookUp(
  parameters: unknown,
  path: string,
  evaluate: EvaluateText,
): { readonly value: unknown; readonly isResolved: boolean } {
  if (isOwn(parameters, path)) return { value: parameters[path], isResolved: false };
  let value = parameters;
  let isResolved = false;
  for (const part of parsePath(path)) {
    if (typeof value === 'string' && !isResolved && value.charCodeAt(0) === EQUALS) {
      value = evaluate(value);
      isResolved = true;
    }
    if (!isOwn(value, part)) return { value: undefined, isResolved: true };
    value = value[part];
  }
  return { value, isResolved };
}
