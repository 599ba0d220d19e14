import { DateTime } from 'luxon';
import { toInteger, toText } from '../capabilities/coerce.ts';
import { localeArguments } from '../capabilities/number.ts';
import type { Context } from '../context.ts';
import { extensionError, type Extensions } from './extension.ts';

const EXCEL_EPOCH_DAYS = 25_569;
const DAY_MS = 86_400_000;

function round(context: Context, self: number, [places]: readonly unknown[]): number {
  const factor = 10 ** toInteger(context, places, 0);
  if (!Number.isInteger(self)) {
    const scaled = Math.abs(self) * factor;
    return (Math.sign(self) * Math.round(scaled)) / factor;
  }
  return (Math.sign(self) * Math.round(Math.abs(self) * factor)) / factor;
}

function toDateTime(context: Context, self: number, [format = 'ms']: readonly unknown[]): DateTime {
  const zone = context.scope.timezone;
  switch (format) {
    case 'ms':
      return DateTime.fromMillis(self, { zone });
    case 's':
      return DateTime.fromSeconds(self, { zone });
    case 'us':
      return DateTime.fromMillis(Math.floor(self / 1000), { zone });
    case 'excel':
      return DateTime.fromMillis(Math.round((self - EXCEL_EPOCH_DAYS) * DAY_MS), { zone });
    default:
      throw extensionError(
        `Unsupported format ${toText(context, format)}: use 'ms', 's', 'us' or 'excel'`,
      );
  }
}

function isWhole(self: number, name: string): number {
  if (Number.isInteger(self)) return self;
  throw extensionError(`${name}() is only callable on integers`);
}

/** Methods of numbers. */
export const NUMBER_EXTENSIONS: Extensions<number> = {
  ceil: {
    description: 'Rounds up to a whole number',
    returns: 'Number',
    run: (_, self) => Math.ceil(self),
  },
  floor: {
    description: 'Rounds down to a whole number',
    returns: 'Number',
    run: (_, self) => Math.floor(self),
  },
  format: {
    description: 'Writes the number as people of a place do',
    args: "locale = 'en-US', options?",
    returns: 'String',
    run: (context, self, [locale, options]) =>
      new Intl.NumberFormat(...localeArguments(context, locale ?? 'en-US', options)).format(self),
  },
  round: {
    description: 'Rounds to a number of decimal places',
    args: 'decimalPlaces = 0',
    returns: 'Number',
    run: round,
  },
  abs: {
    description: 'The number without its sign',
    returns: 'Number',
    run: (_, self) => Math.abs(self),
  },
  isInteger: {
    description: 'Whether it is a whole number',
    returns: 'Boolean',
    run: (_, self) => Number.isInteger(self),
  },
  isEven: {
    description: 'Whether it is even',
    returns: 'Boolean',
    run: (_, self) => isWhole(self, 'isEven') % 2 === 0,
  },
  isOdd: {
    description: 'Whether it is odd',
    returns: 'Boolean',
    run: (_, self) => Math.abs(isWhole(self, 'isOdd')) % 2 === 1,
  },
  toBoolean: {
    description: 'false for 0, else true',
    returns: 'Boolean',
    run: (_, self) => self !== 0,
  },
  toInt: {
    description: 'The whole part',
    returns: 'Number',
    isHidden: true,
    run: (_, self) => Math.trunc(self),
  },
  toFloat: {
    description: 'The number itself',
    returns: 'Number',
    isHidden: true,
    run: (_, self) => self,
  },
  toDateTime: {
    description: "A timestamp as DateTime: 'ms', 's', 'us' or 'excel'",
    args: "format = 'ms'",
    returns: 'DateTime',
    run: toDateTime,
  },
  isEmpty: {
    description: 'Whether it is 0',
    returns: 'Boolean',
    isHidden: true,
    run: (_, self) => self === 0,
  },
  isNotEmpty: {
    description: 'Whether it is not 0',
    returns: 'Boolean',
    isHidden: true,
    run: (_, self) => self !== 0,
  },
};
