import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';

/** What happens when two items have a field of the same name. */
export interface ClashHandling {
  /** `addSuffix`, `preferLast` or `preferInput1`, `preferInput2`, … */
  readonly resolve: string;
  readonly isDeep: boolean;
  /** Empty values of the preferred item do not replace others. */
  readonly keepsFilled: boolean;
}

/** The clash options of the node, with n8n's defaults where the user said nothing. */
export function clashHandling(context: ExecuteContext, fallback: string): ClashHandling {
  const values = context.param<JsonObject>('options.clashHandling.values', 0, { fallback: {} });
  return {
    resolve: String(values?.resolveClash ?? fallback),
    isDeep: values?.mergeMode !== 'shallowMerge',
    keepsFilled: values?.overrideEmpty === true,
  };
}

/** Index of the item whose values win. */
export function preferredIndex(resolve: string, count: number): number {
  const input = /^preferInput(\d+)$/.exec(resolve)?.[1];
  return input === undefined ? count - 1 : Math.min(Number(input), count) - 1;
}

/** Items merged into one; those later in the list win. Lineage is the caller's. */
export function mergeItems(
  items: readonly Item[],
  { isDeep, keepsFilled }: ClashHandling,
): Omit<Item, 'pairedItem'> {
  const merge = (into: JsonObject, from: JsonObject) =>
    mergeObjects(into, from, isDeep, keepsFilled);
  const json = items.map((item) => item.json).reduce(merge);
  const binary = Object.assign({}, ...items.map((item) => item.binary ?? {}));
  return Object.keys(binary).length ? { json, binary } : { json };
}

/** The item with `_<n>` behind every field. */
export const withSuffix = (item: Item, suffix: string): Item => ({
  ...item,
  json: Object.fromEntries(
    Object.entries(item.json).map(([key, value]) => [`${key}_${suffix}`, value]),
  ),
});

function mergeObjects(
  into: JsonObject,
  from: JsonObject,
  isDeep: boolean,
  keepsFilled: boolean,
): JsonObject {
  const result: Record<string, unknown> = { ...into };
  for (const [key, value] of Object.entries(from)) {
    const current = result[key];
    if (keepsFilled && isEmpty(value) && Object.hasOwn(result, key)) continue;
    result[key] = isDeep ? mergeValues(current, value, keepsFilled) : value;
  }
  return result;
}

function mergeValues(current: unknown, value: unknown, keepsFilled: boolean): unknown {
  if (Array.isArray(current) && Array.isArray(value)) {
    return [...value, ...current.slice(value.length)].map((each, index) =>
      index < Math.min(current.length, value.length)
        ? mergeValues(current[index], each, keepsFilled)
        : each,
    );
  }
  return isObject(current) && isObject(value)
    ? mergeObjects(current, value, true, keepsFilled)
    : value;
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.getPrototypeOf(value) === Object.prototype;
