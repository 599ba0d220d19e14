import { ParamError } from '../../errors/index.ts';
import type { Property } from '../description.ts';
import { commonWire, isShown, type Common, type Param, type When } from './param.ts';

/** Kinds whose empty value is a real one (0, a choice) must say what they start as, or be required. */
export type Starts<T> = { readonly default: T } | { readonly required: true };

/** A hidden parameter has no value; an optional one without a default may have none. */
export type Presence<O, T> = O extends { when: When } | { unless: When }
  ? T | undefined
  : O extends { required: true }
    ? T
    : O extends { default: {} }
      ? T
      : T | undefined;

interface Kind<T> {
  readonly type: string;
  readonly empty: unknown;
  /** `undefined` says the value is of another type. */
  readonly parse: (value: unknown) => T | undefined;
  readonly extra?: Partial<Property>;
}

/** A parameter with one value. */
export function scalar<O extends Common & { readonly default?: unknown }, T>(
  about: O,
  kind: Kind<T>,
): Param<Presence<O, T>> {
  const decode = (
    wire: Readonly<Record<string, unknown>>,
    name: string,
    path: string,
  ): T | undefined => {
    if (!isShown(wire, about)) return undefined;
    const raw = wire[name] ?? about.default;
    const isMissing = raw === undefined || raw === '' || raw === null;
    if (isMissing && about.required) {
      throw new ParamError({ path, expected: kind.type, received: raw ?? null, reason: 'missing' });
    }
    if (isMissing) return about.default === undefined ? undefined : kind.parse(about.default);
    const value = kind.parse(raw);
    if (value === undefined)
      throw new ParamError({ path, expected: kind.type, received: raw, reason: 'mismatch' });
    return value;
  };
  return {
    describe: (name) => [
      {
        ...commonWire(name, about),
        type: kind.type,
        default: about.default ?? kind.empty,
        ...kind.extra,
      },
    ],
    // `Presence` says in types what `decode` does with the same options at run time.
    decode: decode as Param<Presence<O, T>>['decode'],
  };
}

/** Text of a string, number or boolean. */
export const asText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;

/** A finite number, also from its text. */
export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A boolean, also from its text. */
export function asBoolean(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}
