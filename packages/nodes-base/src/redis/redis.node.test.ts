import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import type { JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';
import { readInfo } from './redis-value.ts';

const prefix = `nodes-base:${randomBytes(4).toString('hex')}`;
const key = (name: string) => `${prefix}:${name}`;
const own = new Redis({ host: '127.0.0.1', port: 6379 });
afterAll(async () => {
  const keys = await own.keys(`${prefix}:*`);
  if (keys.length > 0) await own.del(...keys);
  own.disconnect();
});

const give = async (
  parameters: JsonObject,
  rows: readonly JsonObject[] = [{ i: 1 }],
  context: Partial<ExecuteContext> = {},
) =>
  jsonOf(
    await runNode({
      type: 'redis',
      parameters,
      inputs: [itemsOf(...rows)],
      context: {
        signal: new AbortController().signal,
        credential: async () => ({ host: '127.0.0.1', port: 6379 }),
        hosts: { locate: async (address, port) => ({ address, port, isStandIn: false }) },
        ...context,
      },
    }),
  );

test.each<[string, JsonObject, unknown]>([
  ['a text', { value: 'hello' }, 'hello'],
  ['an object as a hash', { value: { a: 1, b: { c: 2 } } }, { a: '1', b: '{"c":2}' }],
  ['JSON as a hash', { keyType: 'hash', value: '{"a":"x"}' }, { a: 'x' }],
  [
    'words as a hash',
    { keyType: 'hash', valueIsJSON: false, value: 'a 1 b 2' },
    { a: '1', b: '2' },
  ],
  ['a list', { value: ['x', 'y'] }, ['x', 'y']],
  ['a list as JSON', { keyType: 'list', value: '["x","y"]' }, ['x', 'y']],
  ['a set', { keyType: 'sets', value: ['x', 'x'] }, ['x']],
])('sets and gets %s', async (name, parameters, value) => {
  const at = key(name);
  expect(await give({ operation: 'set', key: at, ...parameters })).toEqual([{ i: 1 }]);
  expect(await give({ operation: 'get', key: at, propertyName: 'found.it' })).toEqual([
    { found: { it: value } },
  ]);
});

test('a field with dots may be one name, and nothing found is null', async () => {
  const options = { dotNotation: false };
  expect(await give({ operation: 'get', key: key('none'), propertyName: 'a.b', options })).toEqual([
    { 'a.b': null },
  ]);
});

test('counts, expires and deletes', async () => {
  const counter = key('counter');
  const count = { operation: 'incr', key: counter, expire: true, ttl: 100 };
  expect(await give(count, [{}, {}])).toEqual([{ [counter]: 1 }, { [counter]: 2 }]);
  expect(await own.ttl(counter)).toBeGreaterThan(90);
  await give({ operation: 'delete', key: counter });
  expect(await own.exists(counter)).toBe(0);
});

test('finds keys by a pattern, with what they hold or without', async () => {
  await own.mset(key('find:a'), '1', key('find:b'), '2');
  const find = { operation: 'keys', keyPattern: key('find:*') };
  expect(await give(find)).toEqual([{ [key('find:a')]: '1', [key('find:b')]: '2' }]);
  expect(await give({ ...find, getValues: false })).toEqual([
    { keys: [key('find:a'), key('find:b')] },
  ]);
});

test('pushes to and pops from both ends of a list', async () => {
  const list = key('queue');
  for (const [messageData, tail] of [
    ['{"n":1}', true],
    ['two', true],
    ['zero', false],
  ])
    await give({ operation: 'push', list, messageData, tail });
  expect(await give({ operation: 'llen', list })).toEqual([{ [list]: 3 }]);
  const pop = { operation: 'pop', list, propertyName: 'got' };
  expect(await give({ ...pop, tail: true })).toEqual([{ got: 'two' }]);
  expect(await give(pop, [{}, {}, {}])).toEqual([
    { got: 'zero' },
    { got: { n: 1 } },
    { got: null },
  ]);
});

test('publishes to a channel', async () => {
  const listening = own.duplicate();
  const heard = new Promise<string>((resolve) =>
    listening.on('message', (_channel, text) => resolve(text)),
  );
  await listening.subscribe(key('news'));
  await give({ operation: 'publish', channel: key('news'), messageData: 'hi' });
  expect(await heard).toBe('hi');
  listening.disconnect();
});

test('reads what a server says of itself', async () => {
  const text = '# Server\r\nredis_version:7.0.15\r\nuptime:12\r\ndb0:keys=3,expires=0\r\n';
  expect(readInfo(text)).toEqual({
    redis_version: '7.0.15',
    uptime: 12,
    db0: { keys: 3, expires: 0 },
  });
  const [info] = await give({ operation: 'info' });
  expect(info).toHaveProperty('redis_version');
});

test('an item that fails names what is wrong, and the others go on', async () => {
  const at = key('text');
  await own.set(at, 'x');
  const parameters = { operation: 'push', list: at, messageData: '1' };
  await expect(give(parameters)).rejects.toMatchObject({
    code: 'NODE_FAILED',
    message: expect.stringContaining('WRONGTYPE'),
  });
  expect(await give(parameters, [{}, {}], { continueOnFail: true })).toHaveLength(2);
});

test('a server that is not there is named', async () => {
  const credential = async () => ({ host: '127.0.0.1', port: 1 });
  await expect(give({ operation: 'info' }, [{}], { credential })).rejects.toMatchObject({
    code: 'NODE_SERVICE_FAILED',
    message: expect.stringContaining('"127.0.0.1"'),
  });
});
