import { ParamError } from '../../errors/index.ts';
import type { ParamOptions } from '../../node-api/index.ts';
import { ensureType } from '../../parameters/ensure-type.ts';
import { extractValue } from '../../parameters/extract-value.ts';
import { resolveFound, type Found } from '../../parameters/resolve.ts';
import { validateValue } from '../../parameters/validate-value.ts';
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
    const { found: where, property, isValidated } = plan.param(path);
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
    if (options?.raw) return value;
    const extracted = options?.extractValue
      ? extractValue(value, property, { itemIndex, timezone })
      : value;
    const ensured = options?.ensureType
      ? ensureType(extracted, options.ensureType, path)
      : extracted;
    return isValidated && property && found !== undefined && !options?.skipValidation
      ? validateValue(property, ensured, { node: plan.node.name, itemIndex, timezone })
      : ensured;
  };
}

/** Expressions stay texts; what lies within an expression's result is not written anywhere. */
const asWritten = (found: Found): unknown => (found.kind === 'within' ? undefined : found.value);
