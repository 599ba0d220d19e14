/** What the linear engine cannot say, and so needs the sandbox. */
export class UnsupportedPattern {
  readonly feature: string;

  constructor(feature: string) {
    this.feature = feature;
  }
}

const SPACE =
  '\\t\\n\\x{b}\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const LINE_ENDS = '\\n\\r\\x{2028}\\x{2029}';
const NOT_SPACE =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';
const LITERAL_ESCAPES: Readonly<Record<string, string>> = {
  t: '\\t',
  n: '\\n',
  r: '\\r',
  f: '\\f',
  v: '\\x{b}',
  0: '\\x{0}',
};

/**
 * Rewrites a JavaScript pattern for the linear-time engine (RE2 syntax).
 *
 * @param flags - JavaScript's; `s` and `u`/`v` change what the pattern means.
 * @throws {UnsupportedPattern} for look-around and back-references.
 */
export function translatePattern(source: string, flags: string): string {
  let out = '';
  let at = 0;
  const isDotAll = flags.includes('s');
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === '\\') {
      const [text, next] = translateEscape(source, at, false);
      out += text;
      at = next;
    } else if (char === '[') {
      const [text, next] = translateClass(source, at);
      out += text;
      at = next;
    } else if (char === '(') {
      refuseLookAround(source, at);
      out += char;
      at += 1;
    } else if (char === '.' && !isDotAll) {
      out += `[^${LINE_ENDS}]`;
      at += 1;
    } else if (char === '{' && !/^\{\d+(?:,\d*)?\}/.test(source.slice(at, at + 24))) {
      out += '\\{';
      at += 1;
    } else {
      out += char;
      at += 1;
    }
  }
  return out;
}

function refuseLookAround(source: string, at: number): void {
  const opening = /^\(\?(?:<?[=!])/.exec(source.slice(at, at + 4));
  if (opening)
    throw new UnsupportedPattern(opening[0].includes('<') ? 'look-behind' : 'look-ahead');
}

/** One `\x`, from the backslash at `at`; gives its rewriting and where to go on. */
function translateEscape(source: string, at: number, inClass: boolean): [string, number] {
  const char = source.charAt(at + 1);
  if (!inClass && (/[1-9]/.test(char) || (char === 'k' && source.includes('(?<')))) {
    throw new UnsupportedPattern('back-reference');
  }
  if (/[dDwW]/.test(char) || (!inClass && /[bB]/.test(char))) return [`\\${char}`, at + 2];
  if (char === 's') return [inClass ? SPACE : `[${SPACE}]`, at + 2];
  if (char === 'S') return [inClass ? NOT_SPACE : `[^${SPACE}]`, at + 2];
  if (char === 'b') return ['\\x{8}', at + 2];
  const literal = LITERAL_ESCAPES[char];
  if (literal !== undefined) return [literal, at + 2];
  const code = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\})/.exec(
    source.slice(at, at + 12),
  );
  if (code) return [`\\x{${code[1] ?? code[2] ?? code[3]}}`, at + code[0].length];
  const property =
    /^\\([pP])\{(?:(?:Script|sc|Script_Extensions|scx|General_Category|gc)=)?(\w+)\}/.exec(
      source.slice(at, at + 60),
    );
  if (property)
    return [
      `\\${property[1]}{${UNICODE_NAMES[property[2] ?? ''] ?? property[2]}}`,
      at + property[0].length,
    ];
  const control = /^\\c([A-Za-z])/.exec(source.slice(at, at + 3));
  if (control) return [`\\x{${((control[1]?.charCodeAt(0) ?? 0) % 32).toString(16)}}`, at + 3];
  return [quoteLiteral(char), at + 2];
}

const UNICODE_NAMES: Readonly<Record<string, string>> = {
  Letter: 'L',
  Lowercase_Letter: 'Ll',
  Uppercase_Letter: 'Lu',
  Alphabetic: 'L',
  Lowercase: 'Ll',
  Uppercase: 'Lu',
  Mark: 'M',
  Number: 'N',
  Decimal_Number: 'Nd',
  Punctuation: 'P',
  Symbol: 'S',
  Separator: 'Z',
  Other: 'C',
};

function translateClass(source: string, at: number): [string, number] {
  const isNegated = source.charAt(at + 1) === '^';
  let next = at + (isNegated ? 2 : 1);
  let body = '';
  while (next < source.length && source.charAt(next) !== ']') {
    if (source.charAt(next) === '\\') {
      const [text, after] = translateEscape(source, next, true);
      body += text;
      next = after;
    } else {
      body += source.charAt(next) === '[' ? '\\[' : source.charAt(next);
      next += 1;
    }
  }
  const every = '\\x{0}-\\x{10ffff}';
  if (body === '') return [isNegated ? `[${every}]` : `[^${every}]`, next + 1];
  return [`[${isNegated ? '^' : ''}${body}]`, next + 1];
}

const quoteLiteral = (char: string) =>
  /[A-Za-z0-9_\s]/.test(char) || char > '~' ? char : `\\${char}`;
