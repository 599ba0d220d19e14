import type { Item } from '@millrace/workflow/items';
import type { Redis } from 'ioredis';
import { setField } from '../fields/field-path.ts';
import { readInfo, readValue, textOf, writeValue } from './redis-value.ts';

interface Call {
  readonly client: Redis;
  readonly item: Item;
  text(name: string, fallback?: string): string;
  flag(name: string, fallback: boolean): boolean;
  value(name: string): unknown;
}

type Operation = (call: Call) => Promise<Item>;

const SECONDS = 60;

/** What the node can do, by the name on the wire. Writes hand the item on as it came. */
export const redisOperations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['info', async ({ client }) => ({ json: readInfo(await client.info()) })],
  [
    'delete',
    async ({ client, item, text }) => {
      await client.del(text('key'));
      return item;
    },
  ],
  [
    'get',
    async ({ client, text, flag }) => {
      const found = await readValue(client, text('key'), text('keyType', 'automatic'));
      return named(text('propertyName', 'propertyName'), found, flag('options.dotNotation', true));
    },
  ],
  [
    'set',
    async ({ client, item, text, flag, value }) => {
      const key = text('key');
      const kind = text('keyType', 'automatic');
      const isJson = flag('valueIsJSON', true);
      await writeValue(client, { key, value: value('value'), kind, isJson });
      if (flag('expire', false)) await client.expire(key, Number(text('ttl')) || SECONDS);
      return item;
    },
  ],
  [
    'incr',
    async ({ client, text, flag }) => {
      const key = text('key');
      const count = await client.incr(key);
      const ttl = Number(text('ttl')) || SECONDS;
      if (flag('expire', false)) await client.expire(key, ttl);
      return { json: { [key]: count } };
    },
  ],
  [
    'keys',
    async ({ client, text, flag }) => {
      const keys = await findKeys(client, text('keyPattern'));
      if (!flag('getValues', true)) return { json: { keys } };
      const values = await Promise.all(keys.map((key) => readValue(client, key, 'automatic')));
      return { json: Object.fromEntries(keys.map((key, at) => [key, values[at]])) };
    },
  ],
  [
    'publish',
    async ({ client, item, text, value }) => {
      await client.publish(text('channel'), textOf(value('messageData')));
      return item;
    },
  ],
  [
    'push',
    async ({ client, item, text, flag, value }) => {
      const [list, message] = [text('list'), textOf(value('messageData'))];
      await (flag('tail', false) ? client.rpush(list, message) : client.lpush(list, message));
      return item;
    },
  ],
  [
    'pop',
    async ({ client, text, flag }) => {
      const list = text('list');
      const found = await (flag('tail', false) ? client.rpop(list) : client.lpop(list));
      const name = text('propertyName', 'propertyName');
      return named(name, parsed(found), flag('options.dotNotation', true));
    },
  ],
  [
    'llen',
    async ({ client, text }) => {
      const list = text('list');
      return { json: { [list]: await client.llen(list) } };
    },
  ],
]);

/** In steps, for `KEYS` would stop a large server until it is through. */
async function findKeys(client: Redis, pattern: string): Promise<string[]> {
  const keys = new Set<string>();
  for (let cursor = '0'; ;) {
    const [next, found] = await client.scan(cursor, 'MATCH', pattern || '*', 'COUNT', 500);
    for (const key of found) keys.add(key);
    if (next === '0') return [...keys].toSorted();
    cursor = next;
  }
}

function named(name: string, value: unknown, isPath: boolean): Item {
  return { json: setField({}, name, value, isPath ? 'path' : 'key') };
}

function parsed(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text; // whatever was pushed by others
  }
}
