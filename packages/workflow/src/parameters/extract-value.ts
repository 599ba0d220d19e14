import { isPlainObject } from '../graph/plain-object.ts';
import type { Property } from '../node-api/index.ts';
import { evaluateFilter } from './filter/evaluate-filter.ts';

/**
 * What a node wants of a composite parameter: a resource locator's value, a filter's verdict, or the
 * part of a text the property's `extractValue` pattern names.
 */
export function extractValue(
  value: unknown,
  path: string,
  properties: readonly Property[],
  itemIndex = 0,
): unknown {
  const property = properties.find((each) => each.name === path.split(/[.[]/)[0]);
  if (isPlainObject(value) && value.__rl === true) {
    const modes = Array.isArray(property?.modes) ? property.modes : [];
    const mode: unknown = modes.find((each) => isPlainObject(each) && each.name === value.mode);
    return applyPattern(value.value, isPlainObject(mode) ? mode.extractValue : undefined);
  }
  if (isPlainObject(value) && Array.isArray(value.conditions)) {
    return evaluateFilter(value, { itemIndex });
  }
  return applyPattern(value, property?.extractValue);
}

function applyPattern(value: unknown, rule: unknown): unknown {
  if (typeof value !== 'string' || !isPlainObject(rule) || typeof rule.regex !== 'string')
    return value;
  const match = new RegExp(rule.regex).exec(value);
  return match?.[1] ?? value;
}
