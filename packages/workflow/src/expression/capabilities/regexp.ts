import type { Context } from '../context.ts';
import { GuestRegex, matchList, type RegexMatch } from '../regex/guest-regex.ts';
import { NativeFunction } from '../values.ts';
import { toText } from './coerce.ts';
import { defineType } from './type.ts';

/** One step of `exec`: respects and moves `lastIndex` of global and sticky patterns. */
function execute(context: Context, regex: GuestRegex, text: string): RegexMatch | null {
  const keepsPlace = regex.isGlobal || regex.flags.includes('y');
  const match = regex.matchFrom(context, text, keepsPlace ? regex.lastIndex : 0);
  if (keepsPlace) {
    const length = match?.groups[0]?.length ?? 0;
    regex.lastIndex = match ? match.index + length : 0;
    if (match && length === 0) regex.lastIndex += 1;
  }
  return match;
}

export const REGEX = defineType<GuestRegex>({
  name: 'RegExp',
  is: (value) => value instanceof GuestRegex,
  methods: {
    test: (context, self, [text]) => execute(context, self, toText(context, text)) !== null,
    exec: (context, self, [value]) => {
      const text = toText(context, value);
      const match = execute(context, self, text);
      return match && matchList(match, text);
    },
    toString: (context: Context, self: GuestRegex) => toText(context, self),
  },
  properties: {
    source: (self) => self.source,
    flags: (self) => self.flags,
    global: (self) => self.isGlobal,
    ignoreCase: (self) => self.flags.includes('i'),
    multiline: (self) => self.flags.includes('m'),
    lastIndex: (self) => self.lastIndex,
  },
});

const make = (context: Context, [pattern, flags]: readonly unknown[]): GuestRegex => {
  if (pattern instanceof GuestRegex) {
    return new GuestRegex(
      pattern.source,
      flags === undefined ? pattern.flags : toText(context, flags),
    );
  }
  return new GuestRegex(
    pattern === undefined ? '(?:)' : toText(context, pattern),
    flags === undefined ? '' : toText(context, flags),
  );
};

export const REGEX_CLASS = new NativeFunction('RegExp', {
  isClass: true,
  call: (context, _, args) => make(context, args),
  construct: make,
  isInstance: (value) => value instanceof GuestRegex,
});
