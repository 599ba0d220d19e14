import { isPlainObject } from '../graph/plain-object.ts';
import type { NodeJson } from '../graph/workflow-json.ts';
import type { JsonObject } from '../items/index.ts';
import type { NodeDescription, Property } from '../node-api/index.ts';
import { coerce } from './coerce.ts';
import { walkParameters, type ParameterIssue } from './walk-parameters.ts';

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
  return locateParameterIssues({ properties }, values, node).map(({ message }) => message);
}

/** The same with the path of each parameter, for the editor. */
export function locateParameterIssues(
  { properties }: Pick<NodeDescription, 'properties'>,
  values: JsonObject,
  node: Pick<NodeJson, 'typeVersion'>,
): ParameterIssue[] {
  return walkParameters(properties, values, node.typeVersion, (property, value) => {
    const issue = ownIssue(property, value);
    return issue === undefined ? [] : [issue];
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

function isJsonObject(text: string): boolean {
  try {
    return isPlainObject(JSON.parse(text));
  } catch {
    return false;
  }
}
