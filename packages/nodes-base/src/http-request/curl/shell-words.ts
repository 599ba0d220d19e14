import { ParamError } from '@millrace/workflow/errors';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * The words of a command as a POSIX shell cuts them: quotes, `$'…'`, escapes and continued lines. Lines
 * continued by `^`, as browsers copy for Windows, count as well. Nothing is expanded or run.
 *
 * @throws {ParamError} for a quote that is not closed.
 */
export function shellWords(command: string): string[] {
  const text = command.replace(/[\\^]\r?\n/g, ' ').trim();
  const words: string[] = [];
  let word: string | undefined;
  for (const match of text.matchAll(TOKEN)) {
    const { space, single, ansi, double, escaped, open, plain } = match.groups ?? {};
    if (open !== undefined) throw unclosed(open);
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word = (word ?? '') + (single ?? plain ?? escaped ?? unescapeAnsi(ansi) ?? unescape(double));
  }
  if (word !== undefined) words.push(word);
  return words;
}

const TOKEN = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`\$'(?<ansi>(?:[^'\\]|\\[\s\S])*)'`,
    String.raw`'(?<single>[^']*)'`,
    String.raw`"(?<double>(?:[^"\\]|\\[\s\S])*)"`,
    String.raw`(?<open>['"])`,
    String.raw`\\(?<escaped>[\s\S])`,
    String.raw`(?<plain>[^\s'"\\$]+|[\\$])`,
  ].join('|'),
  'g',
);

/** Between double quotes a backslash escapes only what would mean something there. */
const unescape = (text = '') => text.replace(/\\([\\"$`])/g, '$1');

function unescapeAnsi(text: string | undefined): string | undefined {
  return text?.replace(
    /\\(?:u([0-9a-fA-F]{1,4})|x([0-9a-fA-F]{1,2})|([\s\S]))/g,
    (_, unicode?: string, hex?: string, char = '') => {
      const code = unicode ?? hex;
      return code === undefined ? (ESCAPES[char] ?? char) : String.fromCharCode(parseInt(code, 16));
    },
  );
}

const unclosed = (quote: string) =>
  new ParamError({
    path: 'curlImport',
    expected: `a closing ${quote}`,
    received: 'the end of the command',
    reason: 'mismatch',
  });
