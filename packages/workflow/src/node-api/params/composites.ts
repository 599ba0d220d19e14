import { ParamError } from '../../errors/index.ts';
import type { JsonObject } from '../../items/index.ts';
import type { Property } from '../description.ts';
import {
  commonWire,
  decodeParams,
  describeParams,
  isShown,
  type Common,
  type Param,
  type ParamMap,
  type Values,
} from './param.ts';

/** Wire: `collection`. Every field is optional, because the user adds fields one by one. */
export function collection<const F extends ParamMap>(
  about: Common & { fields: F },
): Param<Partial<Values<F>>> {
  return {
    describe: (name) => [
      {
        ...commonWire(name, about),
        type: 'collection',
        default: {},
        options: describeParams(about.fields),
      },
    ],
    decode(wire, name, path) {
      const given = isShown(wire, about) ? asObject(wire[name]) : {};
      const set = Object.entries(about.fields).filter(([key]) => given[key] !== undefined);
      const decoded = set.map(([key, field]) => [key, field.decode(given, key, `${path}.${key}`)]);
      // Only keys of `fields`, each from its own decode.
      return Object.fromEntries(decoded) as Partial<Values<F>>;
    },
  };
}

/** Wire: `fixedCollection` with one group, `{ [group]: [...] }`. Value: the plain list. */
export function list<const F extends ParamMap>(
  about: Common & {
    group?: string;
    item: F;
    sortable?: boolean;
    addLabel?: string;
    default?: JsonObject;
  },
): Param<readonly Values<F>[]> {
  const group = about.group ?? 'values';
  return {
    describe: (name) => [
      {
        ...commonWire(name, about),
        type: 'fixedCollection',
        default: about.default ?? {},
        typeOptions: {
          multipleValues: true,
          ...(about.sortable && { sortable: true }),
          ...(about.addLabel && { multipleValueButtonText: about.addLabel }),
        },
        options: [{ name: group, displayName: about.label, values: describeParams(about.item) }],
      },
    ],
    decode(wire, name, path) {
      if (!isShown(wire, about)) return [];
      return rowsOf(wire[name], group).map((row, index) =>
        decodeParams(about.item, row, `${path}[${index}]`),
      );
    },
  };
}

/** Wire: `fixedCollection` with several groups, each a list. Value: a list per group. */
export function groups<const G extends Readonly<Record<string, { label: string; item: ParamMap }>>>(
  about: Common & { groups: G },
): Param<{ readonly [K in keyof G]: readonly Values<G[K]['item']>[] }> {
  return {
    describe: (name) => [
      {
        ...commonWire(name, about),
        type: 'fixedCollection',
        default: {},
        typeOptions: { multipleValues: true },
        options: Object.entries(about.groups).map(([key, { label, item }]) => ({
          name: key,
          displayName: label,
          values: describeParams(item),
        })),
      },
    ],
    decode(wire, name, path) {
      const decoded = Object.entries(about.groups).map(([key, { item }]) => [
        key,
        rowsOf(wire[name], key).map((row, index) =>
          decodeParams(item, row, `${path}.${key}[${index}]`),
        ),
      ]);
      // Only the declared groups, each row from its own decode.
      return Object.fromEntries(decoded) as {
        readonly [K in keyof G]: readonly Values<G[K]['item']>[];
      };
    },
  };
}

/** Wire: an `options` parameter plus the flat parameters of each case. Value: a union tagged by `kind`. */
export function oneOf<
  const Cases extends Readonly<Record<string, ParamMap>>,
  const D extends keyof Cases & string,
>(
  about: Common & { default: D; cases: Cases; labels?: Readonly<Record<string, string>> },
): Param<
  { [K in keyof Cases & string]: { readonly kind: K } & Values<Cases[K]> }[keyof Cases & string]
> {
  type Value = {
    [K in keyof Cases & string]: { readonly kind: K } & Values<Cases[K]>;
  }[keyof Cases & string];
  return {
    describe: (name) => [
      {
        ...commonWire(name, about),
        type: 'options',
        default: about.default,
        options: Object.keys(about.cases).map((value) => ({
          name: about.labels?.[value] ?? value,
          value,
        })),
      },
      ...Object.entries(about.cases).flatMap(([kind, fields]) =>
        describeParams(fields).map((property) =>
          shownFor(property, { ...about.when, [name]: [kind] }),
        ),
      ),
    ],
    decode(wire, name, path) {
      const kind = wire[name] ?? about.default;
      const fields =
        typeof kind === 'string' && Object.hasOwn(about.cases, kind)
          ? about.cases[kind]
          : undefined;
      if (!fields) {
        throw new ParamError({
          path,
          expected: Object.keys(about.cases).join(' | '),
          received: kind,
          reason: 'mismatch',
        });
      }
      // The tag and the fields belong together by construction; TypeScript cannot follow the lookup.
      return { kind, ...decodeParams(fields, wire, '') } as unknown as Value;
    },
  };
}

/** The property with one more condition for being shown. */
export function shownFor(
  property: Property,
  show: Readonly<Record<string, readonly unknown[]>>,
): Property {
  return {
    ...property,
    displayOptions: {
      ...property.displayOptions,
      show: { ...show, ...property.displayOptions?.show },
    },
  };
}

const asObject = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};

function rowsOf(value: unknown, group: string): readonly JsonObject[] {
  const rows = asObject(value)[group];
  return (Array.isArray(rows) ? rows : rows === undefined ? [] : [rows]).map(asObject);
}
