import { isPlainObject } from '../graph/plain-object.ts';
import type { JsonObject } from '../items/index.ts';
import type { Property, PropertyGroup } from '../node-api/index.ts';
import { isVisible } from './visibility.ts';

/** Something to say about one parameter. */
export interface ParameterIssue {
  /** Path of the parameter, such as `rows.row[0].name`. */
  readonly path: string;
  readonly message: string;
}

/** What there is to say about a parameter's own value; nothing is right. */
export type Judge = (property: Property, value: unknown) => readonly string[];

/** Judges every parameter that is shown, members of collections too, unless the collection itself is wrong. */
export function walkParameters(
  properties: readonly Property[],
  values: JsonObject,
  version: number,
  judge: Judge,
): ParameterIssue[] {
  return walkLevel({ properties, values, prefix: '' }, { root: values, version, judge });
}

interface Level {
  readonly properties: readonly Property[];
  readonly values: JsonObject;
  /** Path of the level, with what joins it to a name. */
  readonly prefix: string;
}

interface Walk {
  readonly root: JsonObject;
  readonly version: number;
  readonly judge: Judge;
}

function walkLevel({ properties, values, prefix }: Level, walk: Walk): ParameterIssue[] {
  return properties.flatMap((property) => {
    if (!isVisible(property, values, walk.root, walk.version)) return [];
    const value = Object.hasOwn(values, property.name) ? values[property.name] : undefined;
    const path = `${prefix}${property.name}`;
    const own = walk.judge(property, value);
    if (own.length > 0) return own.map((message) => ({ path, message }));
    return levelsWithin(property, value, path).flatMap((level) => walkLevel(level, walk));
  });
}

function levelsWithin(property: Property, value: unknown, path: string): Level[] {
  if (!isPlainObject(value)) return [];
  if (property.type === 'collection') {
    const given = (property.options ?? []).filter(
      (option): option is Property => 'type' in option && Object.hasOwn(value, String(option.name)),
    );
    return [{ properties: given, values: value, prefix: `${path}.` }];
  }
  if (property.type !== 'fixedCollection') return [];
  return (property.options ?? []).filter(isGroup).flatMap((group) => {
    const rows = Object.hasOwn(value, group.name) ? value[group.name] : undefined;
    return [rows].flat().flatMap((row, index) => {
      const at = Array.isArray(rows) ? `${group.name}[${index}]` : group.name;
      return isPlainObject(row)
        ? [{ properties: group.values, values: row, prefix: `${path}.${at}.` }]
        : [];
    });
  });
}

const isGroup = (option: object): option is PropertyGroup =>
  'values' in option && Array.isArray(option.values);
