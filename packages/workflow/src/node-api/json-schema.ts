/** A JSON schema, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The type of the values a JSON schema allows, for the keywords that decide a type: `const`,
 * `enum`, `anyOf`, `type`, `properties`, `required`, `items`. Anything else is `unknown`.
 */
export type FromSchema<S> = S extends { readonly const: infer Value }
  ? Value
  : S extends { readonly enum: readonly (infer Value)[] }
    ? Value
    : S extends { readonly anyOf: readonly (infer Each)[] }
      ? FromSchema<Each>
      : S extends { readonly type: infer Type }
        ? FromType<S, Type>
        : unknown;

type FromType<S, Type> = Type extends 'string'
  ? string
  : Type extends 'number' | 'integer'
    ? number
    : Type extends 'boolean'
      ? boolean
      : Type extends 'null'
        ? null
        : Type extends 'array'
          ? readonly FromSchema<S extends { readonly items: infer Items } ? Items : unknown>[]
          : S extends { readonly properties: infer Properties }
            ? FromProperties<Properties, RequiredNames<S>>
            : Readonly<Record<string, unknown>>;

type RequiredNames<S> = S extends { readonly required: readonly (infer Name)[] } ? Name : never;

type FromProperties<P, Required> = {
  readonly [K in keyof P as K extends Required ? K : never]: FromSchema<P[K]>;
} & {
  readonly [K in keyof P as K extends Required ? never : K]?: FromSchema<P[K]>;
};
