import type { Context } from '../context.ts';
import { allMatches, GuestRegex, matchList, type RegexMatch } from '../regex/guest-regex.ts';
import { replaceMatches } from '../regex/replace.ts';
import { GuestIterator, native, NativeFunction, rangeError, typeError } from '../values.ts';
import { toInteger, toNumber, toText } from './coerce.ts';
import { localeArguments } from './number.ts';
import { defineType, type Method } from './type.ts';

/** Longest text `normalize` takes: one character can become eighteen. */
const MAX_NORMALIZED = 1 << 20;

type StringMethod = Method<string>;

const same =
  (change: (text: string) => string): StringMethod =>
  (context, self) => {
    context.reserveText(self.length);
    return change(self);
  };

const search =
  (find: (text: string, part: string, position: number | undefined) => unknown): StringMethod =>
  (context, self, [part, position]) => {
    context.spend(self.length >>> 4);
    if (part instanceof GuestRegex)
      throw typeError('First argument must not be a regular expression');
    return find(
      self,
      toText(context, part),
      position === undefined ? undefined : toNumber(context, position),
    );
  };

const pad =
  (side: 'padStart' | 'padEnd'): StringMethod =>
  (context, self, [length, filler]) => {
    const target = toInteger(context, length);
    context.reserveText(target);
    return self[side](target, filler === undefined ? ' ' : toText(context, filler));
  };

const cut =
  (name: 'slice' | 'substring'): StringMethod =>
  (context, self, [from, to]) =>
    self[name](toInteger(context, from), to === undefined ? undefined : toInteger(context, to));

function split(context: Context, self: string, separator: unknown, limit: unknown): string[] {
  const most = limit === undefined ? 2 ** 32 - 1 : toInteger(context, limit);
  if (separator === undefined) return most === 0 ? [] : [self];
  if (separator instanceof GuestRegex) return splitByRegex(context, self, separator).slice(0, most);
  const mark = toText(context, separator);
  if (mark === '') context.reserveList(Math.min(self.length, most));
  context.spend(self.length >>> 3);
  const parts = self.split(mark, most);
  context.reserveList(parts.length);
  return parts;
}

function splitByRegex(context: Context, self: string, separator: GuestRegex): string[] {
  const every = new GuestRegex(
    separator.source,
    separator.isGlobal ? separator.flags : `${separator.flags}g`,
  );
  if (self === '') return allMatches(context, every, self).length > 0 ? [] : [''];
  const parts: string[] = [];
  let at = 0;
  for (const match of allMatches(context, every, self)) {
    const length = match.groups[0]?.length ?? 0;
    if (length === 0 && (match.index === at || match.index >= self.length)) {
      if (match.index === 0 || match.index >= self.length) continue;
    }
    parts.push(self.slice(at, match.index), ...match.groups.slice(1).map((group) => group ?? ''));
    at = match.index + length;
  }
  parts.push(self.slice(at));
  context.reserveList(parts.length);
  return parts;
}

const toRegex = (context: Context, pattern: unknown, flags = '') =>
  pattern instanceof GuestRegex
    ? pattern
    : new GuestRegex(pattern === undefined ? '(?:)' : toText(context, pattern), flags);

/** Places of literal `part`, as matches. */
function literalMatches(
  context: Context,
  text: string,
  part: string,
  isGlobal: boolean,
): RegexMatch[] {
  const found: RegexMatch[] = [];
  context.spend(text.length >>> 4);
  let index = text.indexOf(part);
  while (index >= 0) {
    context.spend(1);
    context.allocate(64);
    found.push({ index, groups: [part], named: undefined });
    if (!isGlobal || index >= text.length) break;
    index = text.indexOf(part, index + Math.max(part.length, 1));
  }
  return found;
}

const replace =
  (isGlobal: boolean): StringMethod =>
  (context, self, [pattern, replacement]) => {
    if (pattern instanceof GuestRegex) {
      if (isGlobal && !pattern.isGlobal)
        throw typeError('replaceAll must be called with a global RegExp');
      return replaceMatches(context, self, allMatches(context, pattern, self), replacement);
    }
    const matches = literalMatches(context, self, toText(context, pattern), isGlobal);
    return replaceMatches(context, self, matches, replacement);
  };

export const STRING = defineType<string>({
  name: 'String',
  is: (value) => typeof value === 'string',
  methods: {
    toString: (_: Context, self: string) => self,
    valueOf: (_: Context, self: string) => self,
    toUpperCase: same((text) => text.toUpperCase()),
    toLowerCase: same((text) => text.toLowerCase()),
    toLocaleUpperCase: (context, self, [locale]) => {
      context.reserveText(self.length);
      return self.toLocaleUpperCase(localeArguments(context, locale, undefined)[0]);
    },
    toLocaleLowerCase: (context, self, [locale]) => {
      context.reserveText(self.length);
      return self.toLocaleLowerCase(localeArguments(context, locale, undefined)[0]);
    },
    trim: same((text) => text.trim()),
    trimStart: same((text) => text.trimStart()),
    trimEnd: same((text) => text.trimEnd()),
    trimLeft: same((text) => text.trimStart()),
    trimRight: same((text) => text.trimEnd()),
    toWellFormed: same((text) => text.toWellFormed()),
    isWellFormed: (_, self) => self.isWellFormed(),
    normalize: (context, self, [form]) => {
      if (self.length > MAX_NORMALIZED) context.reserveText(self.length * 18);
      context.spend(self.length >>> 1);
      context.reserveText(self.length * 4);
      return self.normalize(form === undefined ? 'NFC' : toText(context, form));
    },
    slice: cut('slice'),
    substring: cut('substring'),
    substr: (context, self, [from, length]) => {
      const start = toInteger(context, from);
      const begin = start < 0 ? Math.max(self.length + start, 0) : start;
      return self.slice(
        begin,
        length === undefined ? undefined : begin + Math.max(toInteger(context, length), 0),
      );
    },
    at: (context, self, [index]) => self.at(toInteger(context, index)),
    charAt: (context, self, [index]) => self.charAt(toInteger(context, index)),
    charCodeAt: (context, self, [index]) => self.charCodeAt(toInteger(context, index)),
    codePointAt: (context, self, [index]) => self.codePointAt(toInteger(context, index)),
    indexOf: search((text, part, position) => text.indexOf(part, position)),
    lastIndexOf: search((text, part, position) => text.lastIndexOf(part, position)),
    includes: search((text, part, position) => text.includes(part, position)),
    startsWith: search((text, part, position) => text.startsWith(part, position)),
    endsWith: search((text, part, position) => text.endsWith(part, position)),
    localeCompare: (context, self, [other, locale, options]) => {
      context.spend(self.length >>> 3);
      return self.localeCompare(
        toText(context, other),
        ...localeArguments(context, locale, options),
      );
    },
    concat: (context, self, args) => {
      const parts = args.map((part) => toText(context, part));
      context.reserveText(parts.reduce((length, part) => length + part.length, self.length));
      return self.concat(...parts);
    },
    repeat: (context, self, [count]) => {
      const times = toInteger(context, count);
      if (times < 0 || times === Infinity) throw rangeError('Invalid count value');
      context.reserveText(self.length * times);
      return self.repeat(times);
    },
    padStart: pad('padStart'),
    padEnd: pad('padEnd'),
    split: (context, self, [separator, limit]) => split(context, self, separator, limit),
    replace: replace(false),
    replaceAll: replace(true),
    search: (context, self, [pattern]) =>
      toRegex(context, pattern).matchFrom(context, self, 0)?.index ?? -1,
    match: (context, self, [pattern]) => {
      const regex = toRegex(context, pattern);
      const matches = allMatches(context, regex, self);
      if (regex.isGlobal) return matches.length > 0 ? matches.map(({ groups }) => groups[0]) : null;
      return matches[0] ? matchList(matches[0], self) : null;
    },
    matchAll: (context, self, [pattern]) => {
      const regex = toRegex(context, pattern, 'g');
      if (!regex.isGlobal)
        throw typeError('String.prototype.matchAll called with a non-global RegExp');
      return new GuestIterator(
        allMatches(context, regex, self).map((match) => matchList(match, self)),
      );
    },
  },
  properties: { length: (self) => self.length },
});

export const STRING_CLASS = new NativeFunction('String', {
  isClass: true,
  call: (context, _, args) => (args.length === 0 ? '' : toText(context, args[0])),
  construct: (context, args) => (args.length === 0 ? '' : toText(context, args[0])),
  isInstance: () => false,
  members: new Map([
    [
      'fromCharCode',
      native('fromCharCode', (context, _, codes) =>
        String.fromCharCode(...codes.map((code) => toNumber(context, code))),
      ),
    ],
    [
      'fromCodePoint',
      native('fromCodePoint', (context, _, codes) =>
        String.fromCodePoint(...codes.map((code) => toNumber(context, code))),
      ),
    ],
  ]),
});
