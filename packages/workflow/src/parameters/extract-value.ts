import { linearRegex } from '../expression/index.ts';
import { isPlainObject } from '../graph/plain-object.ts';
import type { Property } from '../node-api/index.ts';
import { evaluateFilter, type FilterOptions } from './filter/evaluate-filter.ts';

/**
 * What a node wants of a composite parameter: a resource locator's value, a filter's verdict, or the
 * part of a text the property's `extractValue` pattern names.
 *
 * @param property - Describes the parameter; without it there is no pattern to apply.
 * @throws {PatternError | FilterError}
 */
export function extractValue(
  value: unknown,
  property: Property | undefined,
  options: FilterOptions = {},
): unknown {
  if (isPlainObject(value) && value.__rl === true) {
    const modes = Array.isArray(property?.modes) ? property.modes : [];
    const mode: unknown = modes.find((each) => isPlainObject(each) && each.name === value.mode);
    return applyPattern(value.value, isPlainObject(mode) ? mode.extractValue : undefined);
  }
  if (isPlainObject(value) && Array.isArray(value.conditions)) {
    return evaluateFilter(value, options);
  }
  return applyPattern(value, property?.extractValue);
}

function applyPattern(value: unknown, rule: unknown): unknown {
  if (typeof value !== 'string' || !isPlainObject(rule) || typeof rule.regex !== 'string')
    return value;
  return linearRegex(rule.regex).exec(value)?.[1] ?? value;
}
