import type { JsonObject } from '../items/index.ts';
import type { NodeDescription, Property, PropertyGroup } from '../node-api/index.ts';
import { isPlainObject, recordOf } from '../graph/plain-object.ts';
import { isVisible } from './visibility.ts';

export interface NormalizeOptions {
  /** The node's `typeVersion`. */
  readonly version?: number;
  /** Keep the values of parameters that are not shown (the editor does, a run does not). */
  readonly keepHidden?: boolean;
  /** Leave out values equal to the default: the stored form. */
  readonly omitDefaults?: boolean;
}

/**
 * A node's parameters as a run sees them: defaults filled in, unknown and hidden ones dropped (n8n-facts C5).
 *
 * Never changes its input. Expressions stay texts.
 */
export function normalizeParameters(
  description: Pick<NodeDescription, 'properties'>,
  values: JsonObject,
  options: NormalizeOptions = {},
): JsonObject {
  return normalizeLevel(description.properties, values, undefined, options);
}

function normalizeLevel(
  properties: readonly Property[],
  values: JsonObject,
  root: JsonObject | undefined,
  options: NormalizeOptions,
): JsonObject {
  const { version = 1, keepHidden = false, omitDefaults = false } = options;
  const full = withDefaults(properties, values, root, version);
  const top = root ?? full;
  const normal: [string, unknown][] = [];
  const taken = new Set<string>();
  const hidden = new Map<string, unknown>();

  for (const property of properties) {
    const { name } = property;
    if (taken.has(name) || property.type === 'notice' || property.type === 'callout') continue;
    if (!isVisible(property, full, top, version)) {
      if (keepHidden && Object.hasOwn(values, name)) hidden.set(name, values[name]);
      continue;
    }
    taken.add(name);
    const given = Object.hasOwn(values, name) ? values[name] : undefined;
    if (omitDefaults && (given === undefined || isEqual(given, property.default))) continue;
    const value = normalizeValue(property, given, top, options);
    if (value !== undefined) normal.push([name, value]);
  }
  for (const [name, value] of hidden) if (!taken.has(name)) normal.push([name, value]);
  return recordOf(normal);
}

/**
 * The values visibility is decided on: what is given, else the default of the property shown under that
 * name. A default may show the next property, so this repeats until nothing is added.
 */
function withDefaults(
  properties: readonly Property[],
  values: JsonObject,
  root: JsonObject | undefined,
  version: number,
): JsonObject {
  const full: Record<string, unknown> = { ...values };
  for (let rounds = 0; rounds <= properties.length; rounds += 1) {
    let grown = false;
    for (const property of properties) {
      if (full[property.name] !== undefined) continue;
      if (!isVisible(property, full, root ?? full, version)) continue;
      if (dependsOnUnset(property, properties, full)) continue;
      full[property.name] = property.default;
      grown ||= property.default !== undefined;
    }
    if (!grown) break;
  }
  return full;
}

/** Whether a sibling that decides over this property may still get its default in this round. */
function dependsOnUnset(
  property: Property,
  properties: readonly Property[],
  full: JsonObject,
): boolean {
  const keys = Object.keys({ ...property.displayOptions?.show, ...property.displayOptions?.hide });
  return keys.some((key) => {
    const name = key.replace(/^\//, '').split(/[.[]/)[0] ?? key;
    if (name === property.name || full[name] !== undefined) return false;
    const decider = properties.find((each) => each.name === name);
    return decider !== undefined && decider.displayOptions === undefined;
  });
}

function normalizeValue(
  property: Property,
  given: unknown,
  root: JsonObject,
  options: NormalizeOptions,
): unknown {
  switch (property.type) {
    case 'collection':
      return normalizeCollection(property, given, root, options);
    case 'fixedCollection':
      return normalizeFixedCollection(property, given, root, options);
    case 'resourceLocator':
      return withMark(given ?? property.default, '__rl');
    case 'filter':
      return normalizeFilter(property, given ?? property.default);
    default: {
      const value = given === undefined ? property.default : given;
      return property.noDataExpression && typeof value === 'string'
        ? value.replace(/^=/, '')
        : value;
    }
  }
}

/** Members of a collection get no defaults: the user adds them one by one. */
function normalizeCollection(
  property: Property,
  given: unknown,
  root: JsonObject,
  options: NormalizeOptions,
): unknown {
  const value = given ?? property.default;
  if (property.typeOptions?.multipleValues === true || !isPlainObject(value)) return value;
  const members = (property.options ?? []).filter(isProperty);
  const kept: [string, unknown][] = [];
  for (const member of members) {
    if (!Object.hasOwn(value, member.name) || kept.some(([name]) => name === member.name)) continue;
    if (!isVisible(member, value, root, options.version)) continue;
    kept.push([member.name, normalizeValue(member, value[member.name], root, options)]);
  }
  return recordOf(kept);
}

function normalizeFixedCollection(
  property: Property,
  given: unknown,
  root: JsonObject,
  options: NormalizeOptions,
): unknown {
  const value = given ?? property.default;
  if (!isPlainObject(value)) return value;
  const groups = (property.options ?? []).filter(isGroup);
  const inner = { ...options, omitDefaults: false };
  const normalizeRow = (group: PropertyGroup, row: unknown) =>
    isPlainObject(row) ? normalizeLevel(group.values, row, root, inner) : row;
  const kept: [string, unknown][] = [];
  for (const group of groups) {
    const rows = Object.hasOwn(value, group.name) ? value[group.name] : undefined;
    if (rows === undefined) continue;
    kept.push([
      group.name,
      Array.isArray(rows) ? rows.map((row) => normalizeRow(group, row)) : normalizeRow(group, rows),
    ]);
  }
  return recordOf(kept);
}

function normalizeFilter(property: Property, value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  const declared = property.typeOptions?.filter;
  const version = isPlainObject(declared) ? declared.version : undefined;
  return {
    conditions: [],
    combinator: 'and',
    ...value,
    options: {
      caseSensitive: true,
      leftValue: '',
      typeValidation: 'strict',
      version: typeof version === 'number' ? version : 1,
      ...(isPlainObject(value.options) && value.options),
    },
  };
}

const withMark = (value: unknown, mark: string): unknown =>
  isPlainObject(value) ? { ...value, [mark]: true } : value;

const isProperty = (option: unknown): option is Property =>
  isPlainObject(option) && 'type' in option && 'name' in option;

const isGroup = (option: unknown): option is PropertyGroup =>
  isPlainObject(option) && Array.isArray(option.values);

const isEqual = (left: unknown, right: unknown) =>
  left === right || JSON.stringify(left) === JSON.stringify(right);
