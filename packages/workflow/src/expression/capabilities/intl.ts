import { DateTime } from 'luxon';
import type { Context } from '../context.ts';
import { NativeFunction } from '../values.ts';
import { toNumber, toText } from './coerce.ts';
import { listOf } from './iteration.ts';
import { localeArguments } from './number.ts';
import { defineType, type TypeCapability } from './type.ts';

const toInstant = (context: Context, value: unknown): number => {
  if (value === undefined) return context.scope.now();
  if (value instanceof DateTime) return value.toMillis();
  return value instanceof Date ? value.getTime() : toNumber(context, value);
};

const numberFormat = defineType<Intl.NumberFormat>({
  name: 'NumberFormat',
  is: (value) => value instanceof Intl.NumberFormat,
  methods: {
    format: (context, self, [value]) =>
      self.format(typeof value === 'bigint' ? value : toNumber(context, value)),
    formatToParts: (context, self, [value]) =>
      self.formatToParts(toNumber(context, value)).map((part) => ({ ...part })),
    resolvedOptions: (_, self) => ({ ...self.resolvedOptions() }),
  },
});

const dateTimeFormat = defineType<Intl.DateTimeFormat>({
  name: 'DateTimeFormat',
  is: (value) => value instanceof Intl.DateTimeFormat,
  methods: {
    format: (context, self, [value]) => self.format(toInstant(context, value)),
    formatToParts: (context, self, [value]) =>
      self.formatToParts(toInstant(context, value)).map((part) => ({ ...part })),
    resolvedOptions: (_, self) => ({ ...self.resolvedOptions() }),
  },
});

const listFormat = defineType<Intl.ListFormat>({
  name: 'ListFormat',
  is: (value) => value instanceof Intl.ListFormat,
  methods: {
    format: (context, self, [list]) =>
      self.format(listOf(context, list).map((element) => toText(context, element))),
  },
});

const pluralRules = defineType<Intl.PluralRules>({
  name: 'PluralRules',
  is: (value) => value instanceof Intl.PluralRules,
  methods: { select: (context, self, [value]) => self.select(toNumber(context, value)) },
});

const collator = defineType<Intl.Collator>({
  name: 'Collator',
  is: (value) => value instanceof Intl.Collator,
  methods: {
    compare: (context, self, [one, other]) =>
      self.compare(toText(context, one), toText(context, other)),
  },
});

export const INTL_TYPES: readonly TypeCapability[] = [
  numberFormat,
  dateTimeFormat,
  listFormat,
  pluralRules,
  collator,
];

type Arguments = ReturnType<typeof localeArguments>;

const MAKERS: Readonly<Record<string, (args: Arguments) => object>> = {
  NumberFormat: (args) => new Intl.NumberFormat(...args),
  DateTimeFormat: (args) => new Intl.DateTimeFormat(...args),
  ListFormat: (args) => new Intl.ListFormat(...args),
  PluralRules: (args) => new Intl.PluralRules(...args),
  Collator: (args) => new Intl.Collator(...args),
};

export const INTL = new NativeFunction('Intl', {
  members: new Map(
    Object.entries(MAKERS).map(([name, make]) => {
      const construct = (context: Context, [locale, options]: readonly unknown[]) => {
        context.spend(200);
        return make(localeArguments(context, locale, options));
      };
      return [
        name,
        new NativeFunction(name, {
          isClass: true,
          call: (context, _, args) => construct(context, args),
          construct,
        }),
      ];
    }),
  ),
});
