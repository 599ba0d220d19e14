import { isPlainObject } from '../graph/plain-object.ts';
import type { JsonObject } from '../items/index.ts';
import type { Property, PropertyGroup } from '../node-api/index.ts';
import { parsePath } from './path.ts';
import { isVisible } from './visibility.ts';

/**
 * The property a parameter path belongs to: `options.channel` leads into a collection, `rows.row[0].id` into a
 * fixed one. Of several with the name, the one that is shown.
 *
 * @param parameters - Normalised parameters of the node.
 */
export function findProperty(
  properties: readonly Property[],
  parameters: JsonObject,
  path: string,
  version: number,
): Property | undefined {
  let level = properties;
  let values: JsonObject = parameters;
  let found: Property | undefined;
  const parts = parsePath(path);
  for (let at = 0; at < parts.length; at += 1) {
    const name = parts[at];
    const named = level.filter((each) => each.name === name);
    found =
      named.find((each) => isVisible(each, values, parameters, version)) ?? named[0] ?? undefined;
    if (!found || at === parts.length - 1) return found;

    let value: unknown = name === undefined ? undefined : values[name];
    if (found.type === 'fixedCollection') {
      at += 1;
      const groupName = parts[at];
      const group = (found.options ?? []).filter(isGroup).find((each) => each.name === groupName);
      if (!group || groupName === undefined) return found;
      level = group.values;
      value = isPlainObject(value) ? value[groupName] : undefined;
    } else {
      level = (found.options ?? []).filter(isProperty);
    }
    const row = parts[at + 1];
    if (Array.isArray(value) && row !== undefined) {
      value = value[Number(row)];
      at += 1;
    }
    if (level.length === 0) return found;
    values = isPlainObject(value) ? value : {};
  }
  return found;
}

const isGroup = (option: object): option is PropertyGroup =>
  'values' in option && Array.isArray(option.values);

const isProperty = (option: object): option is Property => 'type' in option && 'name' in option;
