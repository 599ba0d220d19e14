import { linearRegex, PatternError } from '../expression/index.ts';
import { isPlainObject } from '../graph/plain-object.ts';
import type { NodeJson } from '../graph/workflow-json.ts';
import type { JsonObject } from '../items/index.ts';
import type { NodeDescription, Property } from '../node-api/index.ts';
import { parseLooseJson } from './loose-json.ts';
import { parseDate } from './parse-date.ts';
import { walkParameters, type ParameterIssue } from './walk-parameters.ts';

/**
 * What looks wrong in a node's parameters but does not keep it from running: a choice there is not, a number
 * beyond its bounds, a text where a number belongs, a locator its service would refuse, a name nobody reads.
 * Expressions are not looked at: what they give is known when they run.
 *
 * @param values - Normalised parameters.
 */
export function adviseParameters(
  { properties }: Pick<NodeDescription, 'properties'>,
  values: JsonObject,
  node: Pick<NodeJson, 'typeVersion' | 'parameters'>,
): ParameterIssue[] {
  const names = new Set(properties.map(({ name }) => name));
  const unread = Object.keys(node.parameters)
    .filter((name) => !names.has(name))
    .map((name) => ({ path: name, message: `The node has no parameter "${name}"` }));
  return [...walkParameters(properties, values, node.typeVersion, judge), ...unread];
}

function judge(property: Property, value: unknown): readonly string[] {
  if (value === undefined || value === null || value === '' || isExpression(value)) return [];
  const message = wrongWith(property, value);
  return message === undefined ? [] : [`"${property.displayName}" ${message}`];
}

const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');

function wrongWith(property: Property, value: unknown): string | undefined {
  switch (property.type) {
    case 'options':
      return wrongChoice(property, [value]);
    case 'multiOptions':
      return Array.isArray(value) ? wrongChoice(property, value) : `should be a list of choices`;
    case 'number':
      return wrongNumber(property, value);
    case 'boolean':
      return typeof value === 'boolean'
        ? undefined
        : `should be true or false, not ${shown(value)}`;
    case 'dateTime':
      return parseDate(value) ? undefined : `should be a date, not ${shown(value)}`;
    case 'json':
      return typeof value !== 'string' || parseLooseJson(value) !== undefined
        ? undefined
        : 'is not valid JSON';
    case 'collection':
    case 'fixedCollection':
    case 'filter':
    case 'assignmentCollection':
    case 'resourceMapper':
      return typeof value === 'object' ? undefined : `should be an object, not ${shown(value)}`;
    case 'resourceLocator':
      return wrongLocator(property, value);
    default:
      return undefined;
  }
}

function wrongChoice(property: Property, chosen: readonly unknown[]): string | undefined {
  const { loadOptionsMethod, loadOptions, allowArbitraryValues } = property.typeOptions ?? {};
  const choices = (property.options ?? []).flatMap((each) => ('value' in each ? [each.value] : []));
  const isOpen = loadOptionsMethod ?? loadOptions ?? allowArbitraryValues;
  if (isOpen || property.allowArbitraryValues === true || choices.length === 0) return undefined;
  const wrong = chosen.find((value) => !choices.some((choice) => choice === value));
  if (wrong === undefined || isExpression(wrong)) return undefined;
  return `has no choice ${shown(wrong)}; there are ${choices.slice(0, 12).map(shown).join(', ')}`;
}

function wrongNumber({ typeOptions = {} }: Property, value: unknown): string | undefined {
  if (typeof value !== 'number') return `should be a number, not ${shown(value)}`;
  const { minValue, maxValue } = typeOptions;
  if (typeof minValue === 'number' && value < minValue) return `should be at least ${minValue}`;
  if (typeof maxValue === 'number' && value > maxValue) return `should be at most ${maxValue}`;
  return undefined;
}

/** The modes of a locator say what their values look like. */
function wrongLocator(property: Property, locator: unknown): string | undefined {
  if (!isPlainObject(locator)) return undefined;
  const { mode: name, value } = locator;
  const modes = Array.isArray(property.modes) ? property.modes.filter(isPlainObject) : [];
  const mode = modes.find((each) => each.name === name);
  if (!mode) {
    if (modes.length === 0) return undefined;
    return `has no mode ${shown(name)}; there are ${modes.map((each) => shown(each.name)).join(', ')}`;
  }
  if (typeof value !== 'string' || value === '' || isExpression(value)) return undefined;
  const rules = Array.isArray(mode.validation) ? mode.validation.filter(isPlainObject) : [];
  for (const { properties: rule } of rules) {
    if (!isPlainObject(rule) || typeof rule.regex !== 'string') continue;
    if (matches(rule.regex, value)) continue;
    return typeof rule.errorMessage === 'string'
      ? `is not right: ${rule.errorMessage}`
      : `does not look like what "${String(mode.displayName ?? name)}" takes: ${shown(value)}`;
  }
  return undefined;
}

/** The pattern has to match the whole value; one that cannot be run refuses nothing. */
function matches(pattern: string, value: string): boolean {
  try {
    return linearRegex(`^(?:${pattern})$`).test(value.trim());
  } catch (error) {
    if (error instanceof PatternError) return true;
    throw error;
  }
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};
