import { isPlainObject } from '../graph/plain-object.ts';
import type { NodeJson } from '../graph/workflow-json.ts';
import type { JsonObject } from '../items/index.ts';
import type { NodeDescription, Property, PropertyGroup } from '../node-api/index.ts';
import { coerce } from './coerce.ts';
import { isVisible } from './visibility.ts';

/**
 * Sentences about required parameters without a value, and literals that cannot be right (n8n-facts A3.8).
 * Empty when the node may run.
 *
 * @param values - Normalised parameters.
 */
export function parameterIssues(
  { properties }: Pick<NodeDescription, 'properties'>,
  values: JsonObject,
  node: Pick<NodeJson, 'typeVersion'>,
): string[] {
  return levelIssues(properties, values, values, node.typeVersion, '').map(
    ({ message }) => message,
  );
}

export interface ParameterIssue {
  readonly path: string;
  readonly message: string;
}

/** The same with the path of each parameter, for the editor. */
export function locateParameterIssues(
  { properties }: Pick<NodeDescription, 'properties'>,
  values: JsonObject,
  node: Pick<NodeJson, 'typeVersion'>,
): ParameterIssue[] {
  return levelIssues(properties, values, values, node.typeVersion, '');
}

function levelIssues(
  properties: readonly Property[],
  values: JsonObject,
  root: JsonObject,
  version: number,
  prefix: string,
): ParameterIssue[] {
  return properties.flatMap((property) => {
    if (!isVisible(property, values, root, version)) return [];
    const value = Object.hasOwn(values, property.name) ? values[property.name] : undefined;
    const path = `${prefix}${property.name}`;
    const own = ownIssue(property, value);
    if (own !== undefined) return [{ path, message: own }];
    return nestedIssues(property, value, root, version, path);
  });
}

function ownIssue(property: Property, value: unknown): string | undefined {
  const name = property.displayName;
  if (property.required && isMissing(property, value)) return `Parameter "${name}" is required.`;
  if (typeof value === 'string' && value.startsWith('=')) return undefined;
  if (property.type === 'json' && property.validateType === 'object' && typeof value === 'string') {
    return isJsonObject(value)
      ? undefined
      : `'${property.name}' expects a object but we got '${value}'`;
  }
  if (property.type === 'resourceMapper') return mappedIssue(value);
  return undefined;
}

/** A literal mapped to a column that cannot be made the column's type. */
function mappedIssue(mapper: unknown): string | undefined {
  if (!isPlainObject(mapper) || !isPlainObject(mapper.value) || !Array.isArray(mapper.schema)) {
    return undefined;
  }
  for (const column of mapper.schema.filter(isPlainObject)) {
    const { id, type } = column;
    if (typeof id !== 'string' || !Object.hasOwn(mapper.value, id) || column.removed) continue;
    const value = mapper.value[id];
    const isText = typeof value === 'string';
    if (!isFieldType(type) || (isText && value.startsWith('='))) continue;
    if (!coerce(value, type).ok) return `'${id}' expects a ${type} but we got '${String(value)}'`;
  }
  return undefined;
}

const CHECKED = ['number', 'boolean', 'dateTime', 'time', 'array', 'object', 'url'] as const;

const isFieldType = (type: unknown): type is (typeof CHECKED)[number] =>
  CHECKED.some((each) => each === type);

function isMissing(property: Property, value: unknown): boolean {
  if (isPlainObject(value) && value.__rl === true) return isBlank(value.value);
  if (property.type === 'multiOptions') return Array.isArray(value) && value.length === 0;
  if (property.type === 'boolean' || property.type === 'number') return value === undefined;
  return isBlank(value);
}

const isBlank = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

function nestedIssues(
  property: Property,
  value: unknown,
  root: JsonObject,
  version: number,
  path: string,
): ParameterIssue[] {
  if (!isPlainObject(value)) return [];
  if (property.type === 'collection') {
    const given = (property.options ?? []).filter(
      (option): option is Property => 'type' in option && Object.hasOwn(value, String(option.name)),
    );
    return levelIssues(given, value, root, version, `${path}.`);
  }
  if (property.type !== 'fixedCollection') return [];
  return (property.options ?? []).filter(isGroup).flatMap((group) => {
    const rows = Object.hasOwn(value, group.name) ? value[group.name] : undefined;
    return [rows].flat().flatMap((row, index) => {
      const at = Array.isArray(rows)
        ? `${path}.${group.name}[${index}].`
        : `${path}.${group.name}.`;
      return isPlainObject(row) ? levelIssues(group.values, row, root, version, at) : [];
    });
  });
}

const isGroup = (option: object): option is PropertyGroup =>
  'values' in option && Array.isArray(option.values);

function isJsonObject(text: string): boolean {
  try {
    return isPlainObject(JSON.parse(text));
  } catch {
    return false;
  }
}
