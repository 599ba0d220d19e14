import type { JsonObject } from '@millrace/workflow/items';
import type { Redis } from 'ioredis';
import { isRecord } from '../http-request/fields.ts';

/** The word for each kind of key, as the node has it, by the server's own. */
const KINDS = new Map([
  ['hash', 'hash'],
  ['list', 'list'],
  ['set', 'sets'],
  ['string', 'string'],
]);

/** What a key holds; `null` when there is no such key. @throws {TypeError} for kinds the node cannot read. */
export async function readValue(client: Redis, key: string, asked: string): Promise<unknown> {
  const kind = asked === 'automatic' ? await kindOf(client, key) : asked;
  switch (kind) {
    case 'none':
      return null;
    case 'string':
      return client.get(key);
    case 'hash':
      return client.hgetall(key);
    case 'list':
      return client.lrange(key, 0, -1);
    case 'sets':
      return client.smembers(key);
    default:
      throw new TypeError(`The key "${key}" holds a ${kind}, which cannot be read`);
  }
}

async function kindOf(client: Redis, key: string): Promise<string> {
  const type = await client.type(key);
  return KINDS.get(type) ?? type;
}

interface Write {
  readonly key: string;
  readonly value: unknown;
  readonly kind: string;
  /** The value of a hash is text with JSON in it, not pairs of names and values. */
  readonly isJson: boolean;
}

/** Puts a value under a key, in the kind asked for or the one its type suggests. */
export async function writeValue(
  client: Redis,
  { key, value, kind, isJson }: Write,
): Promise<void> {
  const chosen = kind === 'automatic' ? suggestedKind(value) : kind;
  if (chosen === 'hash') {
    const pairs = isJson ? fieldsOf(value) : pairsOf(String(value));
    if (pairs.length > 0) await client.hset(key, ...pairs);
  } else if (chosen === 'list') {
    const list = listOf(value);
    const steps = client.multi().del(key);
    if (list.length > 0) steps.rpush(key, ...list);
    await steps.exec();
  } else if (chosen === 'sets') {
    const list = listOf(value);
    if (list.length > 0) await client.sadd(key, ...list);
  } else await client.set(key, textOf(value));
}

function suggestedKind(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return isRecord(value) ? 'hash' : 'string';
}

function fieldsOf(value: unknown): string[] {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  if (!isRecord(parsed)) throw new TypeError('The value of a hash is not a JSON object');
  return Object.entries(parsed).flatMap(([name, each]) => [name, textOf(each)]);
}

function pairsOf(text: string): string[] {
  const words = text.split(' ').filter(Boolean);
  if (words.length % 2 === 0) return words;
  throw new TypeError('The value of a hash needs a value for each name: "name value name value"');
}

function listOf(value: unknown): string[] {
  const parsed: unknown =
    typeof value === 'string' && value.trim().startsWith('[') ? JSON.parse(value) : value;
  return [parsed].flat().map(textOf);
}

export const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');

/** What `INFO` says, as an object: numbers as numbers, `a=1,b=2` as an object of its own. */
export function readInfo(text: string): JsonObject {
  const lines = text.split('\n').map((line) => line.trim());
  const entries = lines
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at), infoValue(line.slice(at + 1))] as const;
    });
  return Object.fromEntries(entries);
}

function infoValue(text: string): unknown {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (!/^[\w-]+=[^,]*(,[\w-]+=[^,]*)*$/.test(text)) return text;
  const pairs = text.split(',').map((pair) => pair.split('=', 2));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, infoValue(value)]));
}
