import { DateTime } from 'luxon';
import { toInteger, toText } from '../capabilities/coerce.ts';
import { safeDateFormat } from '../capabilities/date-format.ts';
import { parseJson, stringifyJson } from '../capabilities/json.ts';
import type { Context } from '../context.ts';
import { base64Decode, base64Encode } from '../hashes/bytes.ts';
import { hashText } from '../hashes/hash.ts';
import { typeError } from '../values.ts';
import { parseDateTime } from './date-text.ts';
import { extensionError, type Extension, type Extensions } from './extension.ts';
import { replaceSpecialChars, removeMarkdown, removeTags } from './text-cleaning.ts';
import { toSentenceCase, toSnakeCase, toTitleCase } from './text-case.ts';
import {
  extractDomain,
  extractEmail,
  extractUrl,
  extractUrlPath,
  isDomain,
  isEmail,
  isUrl,
} from './text-finding.ts';

/** Longest text a digest is made of: our digests are slower than the host's. */
const MAX_HASHED = 1 << 20;

const ALGORITHMS = 'md5,sha1,sha224,sha256,sha384,sha512,sha3, and Base64';

function hash(context: Context, self: string, [algorithm]: readonly unknown[]): string {
  const name = algorithm === undefined ? 'md5' : toText(context, algorithm);
  if (self.length > MAX_HASHED) context.reserveText(Infinity);
  context.spend(self.length);
  const digest = hashText(self, name);
  if (digest !== undefined) return digest;
  throw extensionError(`Unknown algorithm ${name}. Available algorithms are: ${ALGORITHMS}.`);
}

function toDateTime(context: Context, self: string, [format]: readonly unknown[]): DateTime {
  if (format === undefined) return parseDateTime(context, self);
  const zone = context.scope.timezone;
  const name = toText(context, format).slice(0, 500);
  const value = Number(self);
  if (name === 'ms') return DateTime.fromMillis(value, { zone });
  if (name === 's') return DateTime.fromSeconds(value, { zone });
  if (name === 'us') return DateTime.fromMillis(value / 1000, { zone });
  if (name === 'excel')
    return DateTime.fromMillis(Math.round((value - 25_569) * 86_400_000), { zone });
  return DateTime.fromFormat(self.slice(0, 200), safeDateFormat(name), { zone });
}

function toNumber(_: Context, self: string): number {
  const number = self.trim() === '' ? Number.NaN : Number(self.replaceAll(',', ''));
  if (Number.isNaN(number)) throw extensionError('cannot convert to number');
  return number;
}

function toInt(context: Context, self: string, [radix]: readonly unknown[]): number {
  const number = Number.parseInt(
    self.replaceAll(/[^\d.\-a-zA-Z]/g, ''),
    toInteger(context, radix, 10),
  );
  if (Number.isNaN(number)) throw extensionError('cannot convert to integer');
  return number;
}

function toFloat(_: Context, self: string): number {
  if (self.includes(','))
    throw extensionError(
      'cannot convert to float',
      'Write it without a comma: use . as decimal separator',
    );
  const number = Number.parseFloat(self);
  if (Number.isNaN(number)) throw extensionError('cannot convert to float');
  return number;
}

function decode(self: string, isWholeUri: boolean): string {
  try {
    return isWholeUri ? decodeURI(self) : decodeURIComponent(self);
  } catch {
    throw typeError('URI malformed');
  }
}

function parse(context: Context, self: string): unknown {
  try {
    return parseJson(context, self);
  } catch {
    throw extensionError(
      'Parsing failed',
      'Check that it is valid JSON: names and text in double quotes',
    );
  }
}

function escapeMark(context: Context, text: string, mark: string): string {
  context.reserveText(text.length * 2);
  return text.replaceAll(mark, () => `\\${mark}`);
}

/** Text in, text out, charged by length. */
const cleaning = (
  description: string,
  clean: (text: string) => unknown,
  returns = 'String',
): Extension<string> => ({
  description,
  returns,
  run: (context, self) => {
    context.reserveText(self.length);
    context.spend(self.length);
    return clean(self);
  },
});

/** Methods of strings. */
export const STRING_EXTENSIONS: Extensions<string> = {
  hash: {
    description: 'A digest of the text',
    args: "algorithm = 'md5'",
    returns: 'String',
    run: hash,
  },
  removeMarkdown: cleaning('Removes Markdown marks', removeMarkdown),
  removeTags: cleaning('Removes HTML and XML tags', removeTags),
  toDate: {
    description: 'As JavaScript date',
    isHidden: true,
    run: (context, self) => parseDateTime(context, self).toJSDate(),
  },
  toDateTime: {
    description: 'As Luxon DateTime',
    args: 'format?',
    returns: 'DateTime',
    run: toDateTime,
  },
  toBoolean: {
    description: "false for 'false', '0' and 'no', else true",
    returns: 'Boolean',
    run: (_, self) => !['false', '0', 'no'].includes(self.toLowerCase()),
  },
  toDecimalNumber: { description: 'As number', isHidden: true, run: toFloat },
  toNumber: { description: 'As number', returns: 'Number', run: toNumber },
  toFloat: { description: 'As number', isHidden: true, run: toFloat },
  toInt: { description: 'As whole number', args: 'radix?', isHidden: true, run: toInt },
  toWholeNumber: { description: 'As whole number', isHidden: true, run: toInt },
  toSentenceCase: cleaning('Capitals at the start of sentences only', toSentenceCase),
  toSnakeCase: cleaning('Lower case, words joined by _', toSnakeCase),
  toTitleCase: cleaning('Words with capitals, as in titles', toTitleCase),
  urlDecode: {
    description: 'Reads %-codes',
    args: 'allChars = false',
    returns: 'String',
    run: (_, self, [isWholeUri]) => decode(self, Boolean(isWholeUri)),
  },
  urlEncode: {
    description: 'Writes %-codes',
    args: 'allChars = false',
    returns: 'String',
    run: (context, self, [isWholeUri]) => {
      context.reserveText(self.length * 3);
      return isWholeUri ? encodeURI(self) : encodeURIComponent(self);
    },
  },
  quote: {
    description: 'Puts it in quotes',
    args: "mark = '\"'",
    returns: 'String',
    run: (context, self, [mark]) => {
      const quote = mark === undefined ? '"' : toText(context, mark);
      if (quote === '') return self;
      const escaped = escapeMark(context, self, quote);
      return `${quote}${escaped}${quote}`;
    },
  },
  replaceSpecialChars: cleaning(
    'Letters without accents, ? for what has no plain form',
    replaceSpecialChars,
  ),
  length: {
    description: 'The number of characters',
    isHidden: true,
    run: (_, self) => self.length,
  },
  isDomain: cleaning('Whether it is a domain name', isDomain, 'Boolean'),
  isEmail: cleaning('Whether it is an email address', isEmail, 'Boolean'),
  isNumeric: cleaning(
    'Whether it is a number',
    (text) => text.trim() !== '' && !Number.isNaN(Number(text)),
    'Boolean',
  ),
  isUrl: cleaning('Whether it is a URL', isUrl, 'Boolean'),
  isEmpty: {
    description: 'Whether it has no characters',
    returns: 'Boolean',
    run: (_, self) => self.length === 0,
  },
  isNotEmpty: {
    description: 'Whether it has characters',
    returns: 'Boolean',
    run: (_, self) => self.length > 0,
  },
  toJsonString: {
    description: 'As JSON',
    returns: 'String',
    run: (context, self) => stringifyJson(context, [self]),
  },
  extractEmail: cleaning('The first email address in it', extractEmail),
  extractDomain: cleaning('The domain in an email address or URL', extractDomain),
  extractUrl: cleaning('The first URL in it', extractUrl),
  extractUrlPath: cleaning('The path of a URL', extractUrlPath),
  parseJson: { description: 'Reads JSON', returns: 'Any', run: parse },
  base64Encode: cleaning('As base64', base64Encode),
  base64Decode: cleaning('Text from base64', base64Decode),
};
