import { DateTime, Duration, Interval } from 'luxon';
import type { Context } from '../context.ts';
import {
  call,
  Facade,
  GuestError,
  GuestFunction,
  isCallable,
  isObject,
  isRecord,
  native,
  NativeFunction,
  Thrown,
  typeError,
} from '../values.ts';
import { toText } from './coerce.ts';
import { ownEntries } from './object.ts';

const MAX_DEPTH = 500;

/** `JSON.parse`: the host's, on limited text; `__proto__` members are left out. */
export function parseJson(context: Context, text: string): unknown {
  context.reserveText(text.length);
  context.allocate(text.length * 4);
  refuseDepth(text);
  try {
    const value: unknown = JSON.parse(text);
    return text.includes('__proto__') || text.includes('\\u') ? withoutProto(value) : value;
  } catch (error) {
    throw new Thrown(
      new GuestError('SyntaxError', error instanceof Error ? error.message : 'invalid JSON'),
    );
  }
}

function refuseDepth(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfText(text, at);
    else if (code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x5d || code === 0x7d) depth--;
    if (depth > MAX_DEPTH) throw typeError('JSON is nested too deeply');
  }
}

function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) !== 0x22)
    at += text.charCodeAt(at) === 0x5c ? 2 : 1;
  return at;
}

function withoutProto(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProto);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__proto__')
      .map(([key, member]) => [key, withoutProto(member)]),
  );
}

interface Writing {
  readonly context: Context;
  readonly indent: string;
  readonly replacer: unknown;
  readonly only: ReadonlySet<string> | undefined;
  readonly open: object[];
}

/** `JSON.stringify`, our own: it never calls into the host's `toJSON`, and is metered. */
export function stringifyJson(
  context: Context,
  [value, replacer, space]: readonly unknown[],
): string | undefined {
  const indent =
    typeof space === 'number'
      ? ' '.repeat(Math.min(10, Math.max(0, space)))
      : typeof space === 'string'
        ? space.slice(0, 10)
        : '';
  const only = Array.isArray(replacer)
    ? new Set(replacer.map((name) => toText(context, name)))
    : undefined;
  return write(
    { context, indent, replacer: isCallable(replacer) ? replacer : undefined, only, open: [] },
    '',
    value,
  );
}

function write(writing: Writing, key: string, given: unknown): string | undefined {
  const { context, replacer } = writing;
  context.spend(1);
  const plain = jsonForm(context, given, key);
  const value = replacer ? call(context, replacer, undefined, [key, plain]) : plain;
  switch (typeof value) {
    case 'string':
      context.reserveText(value.length);
      return JSON.stringify(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null';
    case 'boolean':
      return String(value);
    case 'bigint':
      throw typeError('Do not know how to serialize a BigInt');
    case 'object':
      return value === null ? 'null' : writeObject(writing, value);
    default:
      return undefined;
  }
}

/** What `toJSON` would give. */
function jsonForm(context: Context, value: unknown, key: string): unknown {
  if (!isObject(value)) return value;
  if (isRecord(value)) {
    const own = Object.hasOwn(value, 'toJSON') ? value['toJSON'] : undefined;
    return isCallable(own) ? call(context, own, value, [key]) : value;
  }
  if (value instanceof DateTime || value instanceof Duration || value instanceof Interval)
    return value.toISO();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  return value instanceof GuestFunction || value instanceof NativeFunction ? undefined : value;
}

function writeObject(writing: Writing, value: object): string {
  const { context, open, indent } = writing;
  if (open.includes(value)) throw typeError('Converting circular structure to JSON');
  if (open.length >= MAX_DEPTH) throw typeError('nested too deeply');
  open.push(value);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((element, index) => write(writing, String(index), element) ?? 'null')
    : writeMembers(writing, value);
  open.pop();
  const [start, end] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return start + end;
  context.reserveText(parts.reduce((length, part) => length + part.length + 1, 0));
  if (indent === '') return start + parts.join(',') + end;
  const outside = `\n${indent.repeat(open.length)}`;
  const inside = outside + indent;
  return start + inside + parts.join(`,${inside}`) + outside + end;
}

function writeMembers(writing: Writing, value: object): string[] {
  const parts: string[] = [];
  const isData = isRecord(value) || value instanceof Facade;
  for (const [name, member] of isData ? ownEntries(writing.context, value) : []) {
    if (writing.only && !writing.only.has(name)) continue;
    const text = write(writing, name, member);
    if (text !== undefined)
      parts.push(`${JSON.stringify(name)}:${writing.indent === '' ? '' : ' '}${text}`);
  }
  return parts;
}

export const JSON_NAMESPACE = new NativeFunction('JSON', {
  members: new Map([
    [
      'parse',
      native('parse', (context, _, [text, reviver]) => {
        const value = parseJson(context, toText(context, text));
        return isCallable(reviver) ? revive(context, '', value, reviver) : value;
      }),
    ],
    ['stringify', native('stringify', (context, _, args) => stringifyJson(context, args))],
  ]),
});

function revive(context: Context, key: string, value: unknown, reviver: unknown): unknown {
  let inner = value;
  if (Array.isArray(value))
    inner = value.map((element, index) => revive(context, String(index), element, reviver));
  else if (isRecord(value)) {
    inner = Object.fromEntries(
      Object.entries(value)
        .map(([name, member]): [string, unknown] => [name, revive(context, name, member, reviver)])
        .filter(([, member]) => member !== undefined),
    );
  }
  return call(context, reviver, undefined, [key, inner]);
}
