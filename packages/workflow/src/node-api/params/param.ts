import type { JsonObject } from '../../items/index.ts';
import type { Property } from '../description.ts';

/**
 * One node parameter: how it is described on the wire, and how a resolved wire value becomes `Value`.
 *
 * `decode` runs after expressions are resolved, so it is the one place where the declared type is
 * made true at run time. `Value` is phantom: nothing stores it.
 */
export interface Param<out Value> {
  readonly describe: (name: string) => Property[];
  readonly decode: (wire: JsonObject, name: string, path: string) => Value;
}

export type ParamMap = Readonly<Record<string, Param<unknown>>>;

/** The run-time values of a parameter map, as `run` sees them. */
export type Values<M extends ParamMap> = {
  readonly [K in keyof M]: M[K] extends Param<infer V> ? V : never;
};

/** Accepted values per sibling name, `/root.path` or `@version` (n8n-facts C6). */
export type When = Readonly<Record<string, readonly unknown[]>>;

/** What every kind of parameter may say about itself. */
export interface Common {
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  /** Show only when all of these match. */
  readonly when?: When;
  /** Hide when any of these matches. */
  readonly unless?: When;
  readonly required?: boolean;
  /** The editor offers no expression here. */
  readonly fixed?: boolean;
}

/** The n8n wire form of a parameter map, in order. */
export function describeParams(map: ParamMap): Property[] {
  return Object.entries(map).flatMap(([name, param]) => param.describe(name));
}

/** Decodes every parameter of `map` from one resolved wire record. @throws {ParamError} on the first bad value. */
export function decodeParams<const M extends ParamMap>(
  map: M,
  wire: JsonObject,
  path = '',
): Values<M> {
  // Saved workflows leave out values equal to the default, and visibility may depend on one of those.
  const full = { ...defaultsOf(map), ...definedOf(wire) };
  const decoded = Object.entries(map).map(([key, param]) => [
    key,
    param.decode(full, key, path ? `${path}.${key}` : key),
  ]);
  // The keys are those of the map and each value came from its own decode: the type follows.
  return Object.fromEntries(decoded) as Values<M>;
}

/** What a parameter's label, rules and hints are on the wire. */
export function commonWire(
  name: string,
  common: Common,
): Omit<Property, 'type' | 'default'> & { name: string; displayName: string } {
  return {
    displayName: common.label,
    name,
    ...(common.required && { required: true }),
    ...(common.hint && { description: common.hint }),
    ...(common.placeholder && { placeholder: common.placeholder }),
    ...(common.fixed && { noDataExpression: true }),
    ...((common.when || common.unless) && {
      displayOptions: {
        ...(common.when && { show: common.when }),
        ...(common.unless && { hide: common.unless }),
      },
    }),
  };
}

/** Whether the sibling values in `wire` show this parameter; rules on the version or the root do not count here. */
export function isShown(
  wire: JsonObject,
  { when, unless }: Pick<Common, 'when' | 'unless'>,
): boolean {
  const matches = ([key, accepted]: [string, readonly unknown[]]) => accepted.includes(wire[key]);
  return siblingRules(when).every(matches) && !siblingRules(unless).some(matches);
}

const siblingRules = (rules: When | undefined) =>
  Object.entries(rules ?? {}).filter(([key]) => !/^[@/]/.test(key));

const defaultsOf = (map: ParamMap): JsonObject =>
  Object.fromEntries(describeParams(map).map((property) => [property.name, property.default]));

const definedOf = (wire: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(wire).filter(([, value]) => value !== undefined));
