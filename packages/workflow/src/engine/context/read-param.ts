import { ParamError } from '../../errors/index.ts';
import type { ParamOptions } from '../../node-api/index.ts';
import { ensureType } from '../../parameters/ensure-type.ts';
import { extractValue } from '../../parameters/extract-value.ts';
import { hasExpression, lookUp, resolveValue } from '../../parameters/resolve.ts';
import type { NodePlan } from '../node-plan.ts';

export type ReadParam = (path: string, itemIndex: number, options?: ParamOptions) => unknown;

/**
 * Reads parameters of one run (n8n-facts C5.6). Where a path leads to no expression the value is looked up once for all items.
 *
 * @param evaluate - Evaluates one text against an item.
 */
export function createReadParam(
  { node, parameters, type }: NodePlan,
  evaluate: (text: string, itemIndex: number) => unknown,
): ReadParam {
  const fixed = new Map<string, { readonly value: unknown }>();
  const raw = new Map<string, { readonly value: unknown }>();

  const find = (path: string, itemIndex: number): unknown => {
    const known = fixed.get(path);
    if (known) return known.value;
    const seen = raw.get(path);
    if (seen) return resolveValue(seen.value, (text) => evaluate(text, itemIndex));

    const { value, isResolved } = lookUp(parameters, path, (text) => evaluate(text, itemIndex));
    if (isResolved && value !== undefined) return value;
    if (isResolved && hasExpression(parameters)) return value;
    (hasExpression(value) ? raw : fixed).set(path, { value });
    return resolveValue(value, (text) => evaluate(text, itemIndex));
  };

  return (path, itemIndex, options) => {
    if (options?.raw) {
      const { value } = lookUp(parameters, path, (text) => text);
      return value === undefined ? options.fallback : value;
    }
    const found = find(path, itemIndex);
    const value = found === undefined ? options?.fallback : found;
    if (value === undefined) {
      if (options && 'fallback' in options) return undefined;
      throw new ParamError({
        path,
        expected: 'a value',
        received: undefined,
        reason: 'missing',
        node: node.name,
      });
    }
    if (!options) return value;
    const extracted = options.extractValue
      ? extractValue(value, path, type?.description.properties ?? [], itemIndex)
      : value;
    return options.ensureType ? ensureType(extracted, options.ensureType, path) : extracted;
  };
}
