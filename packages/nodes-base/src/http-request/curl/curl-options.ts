import { ParamError } from '@millrace/workflow/errors';
import { shellWords } from './shell-words.ts';

/** What a cURL command asks for. */
export interface CurlRequest {
  readonly url: string;
  /** As given with `-X`; else it follows from the rest. */
  readonly method: string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Pieces of `-d` and its kin, in order. */
  readonly data: readonly string[];
  readonly parts: readonly (readonly [name: string, value: string])[];
  readonly user: string | undefined;
  readonly flags: ReadonlySet<string>;
  readonly maxTimeSeconds: number | undefined;
  /** Options that mean nothing here and were left out. */
  readonly ignored: readonly string[];
}

/** Options that take a value, by the name they are read under. */
const VALUED = new Map([
  ['-X', 'request'],
  ['--request', 'request'],
  ['-H', 'header'],
  ['--header', 'header'],
  ['-d', 'data'],
  ['--data', 'data'],
  ['--data-ascii', 'data'],
  ['--data-binary', 'data'],
  ['--data-raw', 'data'],
  ['--data-urlencode', 'urlencode'],
  ['--json', 'json'],
  ['-F', 'form'],
  ['--form', 'form'],
  ['--form-string', 'form'],
  ['-u', 'user'],
  ['--user', 'user'],
  ['-A', 'agent'],
  ['--user-agent', 'agent'],
  ['-e', 'referer'],
  ['--referer', 'referer'],
  ['-b', 'cookie'],
  ['--cookie', 'cookie'],
  ['-m', 'maxTime'],
  ['--max-time', 'maxTime'],
  ['--url', 'url'],
  ...['-o', '--output', '-x', '--proxy', '--connect-timeout', '-c', '--cookie-jar', '-w']
    .concat(['--write-out', '--cacert', '-E', '--cert', '--key', '--resolve', '--retry'])
    .map((name) => [name, 'ignored'] as const),
]);

const FLAGS = new Map([
  ['-G', 'get'],
  ['--get', 'get'],
  ['-I', 'head'],
  ['--head', 'head'],
  ['-k', 'insecure'],
  ['--insecure', 'insecure'],
  ['-L', 'location'],
  ['--location', 'location'],
  ['--compressed', ''],
  ['-s', ''],
  ['--silent', ''],
  ['-S', ''],
  ['-v', ''],
  ['-i', ''],
  ['-f', ''],
]);

/** @throws {ParamError} when it is no cURL command, or names no address. */
export function readCurl(command: string): CurlRequest {
  const [program = '', ...words] = shellWords(command);
  if (!/^curl(\.exe)?$/.test(program)) throw mismatch('a command that begins with "curl"', program);
  const values = Map.groupBy(read(words), ({ name }) => name);
  const all = (name: string) => (values.get(name) ?? []).map(({ value }) => value);
  const url = all('url').at(-1);
  if (url === undefined) throw mismatch('an address', 'a command without one');
  const maxTime = Number(all('maxTime').at(-1));
  const headers = all('header').map((text) => pair(text, ':'));
  const implied = [
    ['user-agent', all('agent').at(-1)],
    ['referer', all('referer').at(-1)],
    ['cookie', all('cookie').at(-1)],
    ...(all('json').length > 0
      ? [
          ['content-type', 'application/json'],
          ['accept', 'application/json'],
        ]
      : []),
  ].flatMap(([name = '', value]) => (value === undefined ? [] : [[name, value] as const]));
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  return {
    url: /^[a-z]+:\/\//i.test(url) ? url : `http://${url}`,
    method: all('request').at(-1)?.toUpperCase(),
    headers: [...headers, ...implied.filter(([name]) => !given.has(name))],
    data: [...all('data'), ...all('json'), ...all('urlencode').map(encodePiece)],
    parts: all('form').map((text) => pair(text, '=')),
    user: all('user').at(-1),
    flags: new Set(all('flag')),
    maxTimeSeconds: maxTime > 0 ? maxTime : undefined,
    ignored: all('ignored'),
  };
}

interface Option {
  readonly name: string;
  readonly value: string;
}

function read(words: readonly string[]): Option[] {
  const options: Option[] = [];
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const [long = '', inline] = word.startsWith('--') ? word.split(/=(.*)/s, 2) : [word];
    const short = /^-[A-Za-z]/.test(word) ? word.slice(0, 2) : '';
    const valued = VALUED.get(long) ?? VALUED.get(short);
    if (valued !== undefined) {
      const attached = VALUED.has(long) ? inline : word.slice(2);
      const value = attached || queue.shift() || '';
      options.push({ name: valued, value: valued === 'ignored' ? word : value });
    } else if (FLAGS.has(word)) options.push({ name: 'flag', value: FLAGS.get(word) ?? '' });
    else if (short && word.length > 2)
      queue.unshift(short, `-${word.slice(2)}`); // "-sSL"
    else options.push({ name: word.startsWith('-') ? 'ignored' : 'url', value: word });
  }
  return options;
}

/** `name=value` has its value encoded, `=value` and `value` are encoded whole. */
function encodePiece(text: string): string {
  const at = text.indexOf('=');
  const name = at > 0 ? `${text.slice(0, at)}=` : '';
  return name + encodeURIComponent(text.slice(at + 1));
}

function pair(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

const mismatch = (expected: string, received: string) =>
  new ParamError({ path: 'curlImport', expected, received, reason: 'mismatch' });
