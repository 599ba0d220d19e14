import type { PropertyChoice } from '../description.ts';
import type { Common, Param } from './param.ts';
import { asBoolean, asNumber, asText, scalar, type Starts } from './scalar.ts';

/** One entry of an `options` parameter. */
export interface Choice {
  readonly value: string | number | boolean;
  readonly label: string;
  readonly hint?: string;
}

type TypeOptions = { readonly typeOptions?: Readonly<Record<string, unknown>> };

/** One line of text. */
export const string = <
  const O extends Common & TypeOptions & { default?: string; password?: boolean },
>(
  about: O,
) =>
  scalar<O, string>(about, {
    type: 'string',
    empty: '',
    parse: asText,
    extra: withTypeOptions({ ...about.typeOptions, ...(about.password && { password: true }) }),
  });

/** Text over several lines. */
export const text = <const O extends Common & { default?: string; rows?: number }>(about: O) =>
  scalar<O, string>(about, {
    type: 'string',
    empty: '',
    parse: asText,
    extra: { typeOptions: { rows: about.rows ?? 4 } },
  });

/** A finite number. */
export const number = <
  const O extends Common & Starts<number> & { min?: number; max?: number; precision?: number },
>(
  about: O,
) =>
  scalar<O, number>(about, {
    type: 'number',
    empty: 0,
    parse: asNumber,
    extra: withTypeOptions({
      ...(about.min !== undefined && { minValue: about.min }),
      ...(about.max !== undefined && { maxValue: about.max }),
      ...(about.precision !== undefined && { numberPrecision: about.precision }),
    }),
  });

/** Yes or no; no when nothing is said. */
export const boolean = <const O extends Common & { default?: boolean }>(about: O) =>
  scalar<O & { default: boolean }, boolean>(
    { default: false, ...about },
    { type: 'boolean', empty: false, parse: asBoolean },
  );

/** One of a fixed set of values. */
export const options = <
  const C extends readonly Choice[],
  const O extends Common & Starts<C[number]['value']>,
>(
  about: O & { choices: C },
) =>
  scalar<O, C[number]['value']>(about, {
    type: 'options',
    empty: '',
    parse: (value) => about.choices.find((choice) => choice.value === value)?.value,
    extra: { options: choicesWire(about.choices) },
  });

/** Some of a fixed set of values; also from comma-separated text. */
export const multiOptions = <const C extends readonly Choice[], const O extends Common>(
  about: O & { choices: C; default?: readonly C[number]['value'][] },
): Param<readonly C[number]['value'][]> => {
  const wire = scalar<Common & { default: readonly unknown[] }, readonly C[number]['value'][]>(
    { ...about, default: about.default ?? [] },
    {
      type: 'multiOptions',
      empty: [],
      parse: (value) => chosen(about.choices, value),
      extra: { options: choicesWire(about.choices) },
    },
  );
  return {
    describe: wire.describe,
    decode: (values, name, path) => wire.decode(values, name, path) ?? [],
  };
};

/** A point in time as ISO text. */
export const dateTime = <const O extends Common & TypeOptions & { default?: string }>(about: O) =>
  scalar<O, string>(about, {
    type: 'dateTime',
    empty: '',
    parse: asDateText,
    extra: withTypeOptions(about.typeOptions ?? {}),
  });

/** Any JSON value, also from its text. */
export const json = <const O extends Common & { default?: string; rows?: number }>(about: O) =>
  scalar<O, {}>(about, {
    type: 'json',
    empty: '',
    parse: asJson,
    ...(about.rows && { extra: { typeOptions: { rows: about.rows } } }),
  });

/** A value the user does not see. */
export const hidden = <const V>(about: { default: V; when?: Common['when'] }): Param<V> => ({
  describe: (name) => [
    {
      displayName: name,
      name,
      type: 'hidden',
      default: about.default,
      ...(about.when && { displayOptions: { show: about.when } }),
    },
  ],
  decode: () => about.default,
});

/** Text the editor shows between parameters. It has no value. */
export const notice = (about: { text: string; when?: Common['when'] }): Param<undefined> => ({
  describe: (name) => [
    {
      displayName: about.text,
      name,
      type: 'notice',
      default: '',
      ...(about.when && { displayOptions: { show: about.when } }),
    },
  ],
  decode: () => undefined,
});

/** A colour, `#rrggbb`. */
export const color = <const O extends Common & { default?: string }>(about: O) =>
  scalar<O, string>(about, { type: 'color', empty: '', parse: asText });

const withTypeOptions = (typeOptions: Readonly<Record<string, unknown>>) =>
  Object.keys(typeOptions).length ? { typeOptions } : {};

const choicesWire = (choices: readonly Choice[]): PropertyChoice[] =>
  choices.map(({ label, value, hint }) => ({
    name: label,
    value,
    ...(hint && { description: hint }),
  }));

function chosen<C extends readonly Choice[]>(
  choices: C,
  value: unknown,
): readonly C[number]['value'][] | undefined {
  const given = typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;
  if (!Array.isArray(given)) return undefined;
  const known = choices
    .filter((choice) => given.includes(choice.value))
    .map((choice) => choice.value);
  return known.length === new Set(given).size ? known : undefined;
}

function asDateText(value: unknown): string | undefined {
  if (value instanceof Date) return value.toISOString();
  if (
    typeof value === 'object' &&
    value !== null &&
    'toISO' in value &&
    typeof value.toISO === 'function'
  ) {
    return asText(value.toISO());
  }
  return asText(value);
}

function asJson(value: unknown): {} | undefined {
  if (typeof value !== 'string') return value ?? undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed ?? undefined;
  } catch {
    return undefined;
  }
}
