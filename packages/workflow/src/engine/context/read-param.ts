import { ParamError } from '../../errors/index.ts';
import type { ParamOptions } from '../../node-api/index.ts';
import { ensureType } from '../../parameters/ensure-type.ts';
import { extractValue } from '../../parameters/extract-value.ts';
import { resolveFound, type Found } from '../../parameters/resolve.ts';
import type { NodePlan } from '../node-plan.ts';

export type ReadParam = (path: string, itemIndex: number, options?: ParamOptions) => unknown;

/**
 * Reads parameters of one run (n8n-facts C5.6). Where a path leads is known from the plan; only expressions
 * are evaluated per item.
 *
 * @param evaluate - Evaluates one text against an item.
 * @param timezone - For dates in filters that name none.
 */
export function createReadParam(
  plan: NodePlan,
  evaluate: (text: string, itemIndex: number) => unknown,
  timezone: string,
): ReadParam {
  return (path, itemIndex, options) => {
    const where = plan.find(path);
    const found =
      options?.raw || where.kind === 'constant'
        ? asWritten(where)
        : resolveFound(where, (text) => evaluate(text, itemIndex));
    const value = found === undefined ? options?.fallback : found;
    if (value === undefined) {
      if (options && 'fallback' in options) return undefined;
      throw new ParamError({
        path,
        expected: 'a value',
        received: undefined,
        reason: 'missing',
        node: plan.node.name,
      });
    }
    if (!options || options.raw) return value;
    const extracted = options.extractValue
      ? extractValue(value, plan.property(path), { itemIndex, timezone })
      : value;
    return options.ensureType ? ensureType(extracted, options.ensureType, path) : extracted;
  };
}

/** Expressions stay texts; what lies within an expression's result is not written anywhere. */
const asWritten = (found: Found): unknown => (found.kind === 'within' ? undefined : found.value);
