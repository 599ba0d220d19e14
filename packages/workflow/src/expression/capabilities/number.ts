import type { Context } from '../context.ts';
import { toInteger, toText } from './coerce.ts';
import { defineType, type Arguments } from './type.ts';
import { isRecord } from '../values.ts';

export const NUMBER = defineType<number>({
  name: 'Number',
  is: (value) => typeof value === 'number',
  methods: {
    toFixed: (context, self, [digits]) => self.toFixed(toInteger(context, digits)),
    toPrecision: (context, self, [digits]) =>
      digits === undefined ? String(self) : self.toPrecision(toInteger(context, digits)),
    toExponential: (context, self, [digits]) =>
      self.toExponential(digits === undefined ? undefined : toInteger(context, digits)),
    toString: (context: Context, self: number, [radix]: Arguments) =>
      self.toString(toInteger(context, radix, 10)),
    valueOf: (_: Context, self: number) => self,
    toLocaleString: (context: Context, self: number, [locale, options]: Arguments) =>
      self.toLocaleString(...localeArguments(context, locale, options)),
  },
});

export const BOOLEAN = defineType<boolean>({
  name: 'Boolean',
  is: (value) => typeof value === 'boolean',
  methods: {
    toString: (_: Context, self: boolean) => String(self),
    valueOf: (_: Context, self: boolean) => self,
  },
});

export const BIGINT = defineType<bigint>({
  name: 'BigInt',
  is: (value) => typeof value === 'bigint',
  methods: {
    toString: (context: Context, self: bigint, [radix]: Arguments) => {
      toText(context, self);
      return self.toString(toInteger(context, radix, 10));
    },
    valueOf: (_: Context, self: bigint) => self,
    toLocaleString: (context: Context, self: bigint, [locale]: Arguments) => {
      toText(context, self);
      return self.toLocaleString(typeof locale === 'string' ? locale : 'en-US');
    },
  },
});

type LocaleArguments = [string | string[], Record<string, string | number | boolean>];

/** Locale arguments as plain data: a tag or tags, and options without anything callable. */
export function localeArguments(
  context: Parameters<typeof toText>[0],
  locale: unknown,
  options: unknown,
): LocaleArguments {
  const tags = Array.isArray(locale) ? locale.map((tag) => toText(context, tag)) : 'en-US';
  const plain: Record<string, string | number | boolean> = {};
  for (const [key, value] of isRecord(options) ? Object.entries(options) : []) {
    if (typeof value === 'number' || typeof value === 'boolean') plain[key] = value;
    else if (value !== undefined) plain[key] = toText(context, value);
  }
  return [typeof locale === 'string' ? locale : tags, plain];
}
