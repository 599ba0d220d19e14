import { RE2JS } from 're2js';
import { ExpressionError } from '../expression.errors.ts';
import type { Context } from '../context.ts';
import { GuestError, Thrown } from '../values.ts';
import { translatePattern, UnsupportedPattern } from './translate.ts';

/** One match: where it is, its text and groups. */
export interface RegexMatch {
  readonly index: number;
  readonly groups: readonly (string | undefined)[];
  readonly named: Readonly<Record<string, string | undefined>> | undefined;
}

interface Program {
  readonly regex: RE2JS;
  readonly size: number;
}

const MAX_SOURCE = 2000;
const MAX_PROGRAM = 20_000;
const MAX_CACHED = 500;
const programs = new Map<string, Program>();

/** A regular expression of an expression. Matches in linear time, metered by text and pattern size. */
export class GuestRegex {
  readonly source: string;
  readonly flags: string;
  lastIndex = 0;

  constructor(source: string, flags: string) {
    if (flags.length > 8 || !/^(?!.*(.).*\1)[dgimsuvy]*$/.test(flags)) {
      throw new Thrown(
        new GuestError('SyntaxError', `Invalid flags supplied to RegExp constructor '${flags}'`),
      );
    }
    this.source = source;
    this.flags = flags;
  }

  get isGlobal(): boolean {
    return this.flags.includes('g');
  }

  /** The first match at or after `from`. */
  matchFrom(context: Context, text: string, from: number): RegexMatch | null {
    if (from > text.length) return null;
    const program = this.program();
    if (program instanceof UnsupportedPattern)
      return this.matchSlowly(context, program, text, from);
    context.spend(1 + Math.ceil(((text.length - from) * Math.min(program.size, 64)) / 64));
    const matcher = program.regex.matcher(text);
    if (!matcher.find(from)) return null;
    const index = matcher.start();
    if (this.flags.includes('y') && index !== from) return null;
    const groups: (string | undefined)[] = [];
    for (let group = 0; group <= matcher.groupCount(); group++)
      groups.push(matcher.group(group) ?? undefined);
    const names = Object.keys(program.regex.namedGroups());
    const named = names.map((name): [string, string | undefined] => [
      name,
      matcher.group(name) ?? undefined,
    ]);
    return { index, groups, named: named.length > 0 ? Object.fromEntries(named) : undefined };
  }

  private matchSlowly(
    context: Context,
    { feature }: UnsupportedPattern,
    text: string,
    lastIndex: number,
  ): RegexMatch | null {
    if (!context.slowRegex) {
      throw new ExpressionError(
        `The regular expression /${this.source}/ uses a ${feature}, which expressions cannot run`,
        {},
        'Write it without look-around and back-references, or use a Code node',
      );
    }
    const found = context.slowRegex({ source: this.source, flags: this.flags, text, lastIndex });
    return found && { ...found, named: found.named };
  }

  private program(): Program | UnsupportedPattern {
    const key = `${this.flags}/${this.source}`;
    const known = programs.get(key);
    if (known) return known;
    if (this.source.length > MAX_SOURCE) throw invalid(this.source, 'pattern too long');
    try {
      const regex = RE2JS.compile(
        translatePattern(this.source, this.flags),
        engineFlags(this.flags),
      );
      const program = { regex, size: regex.programSize() };
      if (program.size > MAX_PROGRAM) throw invalid(this.source, 'pattern too large');
      if (programs.size >= MAX_CACHED) programs.clear();
      programs.set(key, program);
      return program;
    } catch (error) {
      if (error instanceof UnsupportedPattern) return error;
      if (error instanceof Thrown) throw error;
      throw invalid(this.source, error instanceof Error ? error.message : 'invalid');
    }
  }
}

const invalid = (source: string, reason: string) =>
  new Thrown(
    new GuestError(
      'SyntaxError',
      `Invalid regular expression: /${source.slice(0, 80)}/: ${reason}`,
    ),
  );

const engineFlags = (flags: string) =>
  (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
  (flags.includes('m') ? RE2JS.MULTILINE : 0) |
  (flags.includes('s') ? RE2JS.DOTALL : 0);

/** Every match of a global pattern, or the first of another. */
export function allMatches(context: Context, regex: GuestRegex, text: string): RegexMatch[] {
  const found: RegexMatch[] = [];
  let from = 0;
  while (from <= text.length) {
    const match = regex.matchFrom(context, text, from);
    if (!match) break;
    context.allocate(64);
    context.spend(1);
    found.push(match);
    const length = match.groups[0]?.length ?? 0;
    from = match.index + Math.max(length, 1);
    if (!regex.isGlobal) break;
  }
  return found;
}

/** A match as JavaScript gives it: a list with `index`, `input` and `groups`. */
export const matchList = (match: RegexMatch, input: string): unknown[] =>
  Object.assign<unknown[], object>([...match.groups], {
    index: match.index,
    input,
    groups: match.named,
  });
