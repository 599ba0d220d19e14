import type { Item } from '@millrace/workflow/items';

/** A field of a batch of items: where it stands, what kinds of values it holds, one of them. */
export interface SchemaField {
  readonly path: readonly (string | number)[];
  readonly name: string;
  readonly depth: number;
  /** Kinds seen, in the order they came: `string`, `number | null`. */
  readonly kinds: string;
  /** The first value seen, on one line; none for objects and lists. */
  readonly sample: string;
}

const LOOKED_AT = 100;
const DEEPEST = 6;

/** All fields that the first items hold, parents before their children. Lists are described by their first entry. */
export function schemaOf(items: readonly Pick<Item, 'json'>[]): readonly SchemaField[] {
  const roots = items.slice(0, LOOKED_AT).map(({ json }) => json);
  return fieldsOf(roots, [], 0);
}

function fieldsOf(
  holders: readonly unknown[],
  path: readonly (string | number)[],
  depth: number,
): readonly SchemaField[] {
  if (depth > DEEPEST) return [];
  const names = new Set(holders.flatMap((holder) => (isObject(holder) ? Object.keys(holder) : [])));
  return [...names].flatMap((name) => {
    const values = holders.flatMap((holder) =>
      isObject(holder) && Object.hasOwn(holder, name) ? [holder[name]] : [],
    );
    return describe(name, values, [...path, name], depth);
  });
}

function describe(
  name: string,
  values: readonly unknown[],
  path: readonly (string | number)[],
  depth: number,
): readonly SchemaField[] {
  const kinds = [...new Set(values.map(kindOf))].join(' | ');
  const plain = values.find((value) => typeof value !== 'object' || value === null);
  const sample = plain === undefined ? '' : String(plain);
  const first = values.flatMap((value) => (Array.isArray(value) ? value.slice(0, 1) : []));
  return [
    { path, name, depth, kinds, sample },
    ...fieldsOf(values.filter(isObject), path, depth + 1),
    ...fieldsOf(first.filter(isObject), [...path, 0], depth + 1),
  ];
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
