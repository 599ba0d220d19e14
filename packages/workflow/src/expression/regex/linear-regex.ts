import { RE2JS } from 're2js';
import { MillraceError } from '../../errors/index.ts';
import { createLru } from '../lru.ts';
import { translatePattern, UnsupportedPattern } from './translate.ts';

/** A pattern that cannot be read, or that only an engine without a time limit could run. */
export class PatternError extends MillraceError<{ pattern: string; reason: string }> {
  readonly code = 'NODE_PARAM_INVALID';

  constructor(pattern: string, reason: string) {
    super(`Invalid regular expression: /${pattern.slice(0, 80)}/: ${reason}`, {
      details: { pattern, reason },
      fix: 'Correct the pattern; look-around and back-references are not available here',
    });
  }
}

/** A pattern that matches in time linear to the text, whatever the two are. */
export interface LinearRegex {
  test(text: string): boolean;
  /** The first match and its groups; `null` when there is none. */
  exec(text: string): readonly (string | undefined)[] | null;
}

const MAX_PATTERN = 2000;
/** Characters of text times size of the compiled pattern: a second or so. */
const MAX_WORK = 1 << 28;

const compiled = createLru<string, LinearRegex>(500);

/**
 * Compiles a JavaScript pattern for use outside expressions: filters, locators, display rules.
 *
 * @param flags - `i`, `m` and `s` count; the others change nothing for one match.
 * @throws {PatternError}
 */
export function linearRegex(source: string, flags = ''): LinearRegex {
  const key = `${flags}/${source}`;
  const known = compiled.get(key);
  if (known) return known;
  const regex = compile(source, flags);
  compiled.set(key, regex);
  return regex;
}

function compile(source: string, flags: string): LinearRegex {
  if (!/^[dgimsuvy]*$/.test(flags)) throw new PatternError(source, `unknown flags "${flags}"`);
  if (source.length > MAX_PATTERN) throw new PatternError(source, 'pattern too long');
  const program = programOf(source, flags);
  const matcher = (text: string) => {
    if (text.length * program.programSize() > MAX_WORK)
      throw new PatternError(source, `a text of ${text.length} characters is too long for it`);
    return program.matcher(text);
  };
  return {
    test: (text) => matcher(text).find(),
    exec(text) {
      const found = matcher(text);
      if (!found.find()) return null;
      return Array.from(
        { length: found.groupCount() + 1 },
        (_, group) => found.group(group) ?? undefined,
      );
    },
  };
}

function programOf(source: string, flags: string): RE2JS {
  const has = (flag: string, bit: number) => (flags.includes(flag) ? bit : 0);
  try {
    return RE2JS.compile(
      translatePattern(source, flags),
      has('i', RE2JS.CASE_INSENSITIVE) | has('m', RE2JS.MULTILINE) | has('s', RE2JS.DOTALL),
    );
  } catch (cause) {
    if (cause instanceof UnsupportedPattern)
      throw new PatternError(source, `${cause.feature} is not available here`);
    throw new PatternError(source, cause instanceof Error ? cause.message : 'cannot be read');
  }
}
