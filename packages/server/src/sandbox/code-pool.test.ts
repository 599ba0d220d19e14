import { hostname } from 'node:os';

import { afterAll, expect, test } from 'vitest';

import { CodeError } from '@millrace/workflow/errors';
import type { CodeRequest } from '@millrace/workflow/ports';

import { createCodePool } from './code-pool.ts';

const pool = createCodePool({
  size: 1,
  memoryMb: 96,
  graceMs: 400,
  maxResultChars: 1_000_000,
  logger: { warn: () => undefined },
});
afterAll(() => pool.close());

const items = [{ json: { i: 1 } }, { json: { i: 2 } }];

function run(source: string, request: Partial<CodeRequest> = {}) {
  return pool.run({
    language: 'javaScript',
    mode: 'allItems',
    scope: {},
    items,
    timeoutMs: 5_000,
    ...request,
    source,
  });
}
const valueOf = async (source: string, request?: Partial<CodeRequest>) =>
  (await run(source, request)).value;

async function failureOf(source: string, request?: Partial<CodeRequest>): Promise<CodeError> {
  const error = await run(source, request).catch((thrown: unknown) => thrown);
  if (error instanceof CodeError) return error;
  throw new Error(`It did not fail as code: ${JSON.stringify(error)}`);
}

test.each<[string, string, unknown]>([
  ['gives items back', 'return items', items],
  [
    'reads the input',
    'return [$input.first().json.i, $input.last().json.i, $input.all().length, $json.i]',
    [1, 2, 2, 1],
  ],
  ['waits for promises and timers', 'await new Promise((r) => setTimeout(r, 5)); return 7', 7],
  ['returns nothing', 'const a = 1;', undefined],
  [
    'has base64 and UTF-8',
    'return [btoa("hi"), atob("aGk="), Buffer.from("ü").toString("base64"), Buffer.from("4869", "hex").toString()]',
    ['aGk=', 'hi', 'w7w=', 'Hi'],
  ],
  [
    'has URLs',
    'const u = new URL("/a?b=1", "http://x.y"); u.searchParams.set("c", "ü"); return [u.hostname, u.href]',
    ['x.y', 'http://x.y/a?b=1&c=%C3%BC'],
  ],
  [
    'writes JSON as JSON does',
    'return { u: undefined, n: NaN, d: new Date(0), f() {}, l: [undefined], m: new Map([[1, 2]]) }',
    { n: null, d: '1970-01-01T00:00:00.000Z', l: [null], m: {} },
  ],
])('%s', async (_, source, value) => {
  expect(await valueOf(source)).toEqual(value);
});

test('knows dates in the zone of the workflow', async () => {
  const source =
    'return [DateTime.fromISO("2024-07-01T12:00").toISO(), $now.zoneName, $today.hour]';
  expect(await valueOf(source, { timezone: 'Europe/Berlin' })).toEqual([
    '2024-07-01T12:00:00.000+02:00',
    'Europe/Berlin',
    0,
  ]);
});

test('runs once per item, and goes on after an error when told so', async () => {
  const source =
    'if ($json.i === 1) throw new Error("bad"); return { i: item.json.i, at: $itemIndex }';
  const value = await valueOf(source, { mode: 'eachItem', onItemError: 'record' });
  expect(value).toEqual([
    { error: { name: 'Error', message: 'bad', line: 1 } },
    { value: { i: 2, at: 1 } },
  ]);
  expect((await failureOf(source, { mode: 'eachItem' })).details).toMatchObject({
    itemIndex: 0,
    line: 1,
  });
});

test('strips types and keeps the lines', async () => {
  expect(
    await valueOf('const n: number = 2;\nreturn n as unknown', { language: 'typeScript' }),
  ).toBe(2);
  const error = await failureOf('interface A { b: string }\n\nthrow new Error("x")', {
    language: 'typeScript',
  });
  expect(error.message).toBe('x [line 3]');
});

test.each([
  ['an error', '\n\nthrow new Error("boom")', 'boom [line 3]'],
  ['a name nobody knows', 'return nope.x', 'nope is not defined [line 1]'],
  ['a syntax error', 'return [{ a: 1 ];', "Unexpected token ']'"],
  ['a thrown text', 'throw "text"', '"text"'],
  ['a thrown null', 'throw null', 'null'],
  [
    'a body that closes its wrapper',
    '}); (async () => { return 1',
    'Single function literal required',
  ],
])('tells %s with the line in the code', async (_, source, message) => {
  expect((await failureOf(source)).message).toBe(message);
});

test('gives static data back changed', async () => {
  const source = '$getWorkflowStaticData("global").n += 1; return null';
  const { staticData } = await run(source, { staticData: { global: { n: 1 }, node: {} } });
  expect(staticData).toEqual({ global: { n: 2 }, node: {} });
});

const refusingHttp = async (name: string, args: readonly unknown[]) => {
  if (name === 'httpRequest') throw new Error('not today');
  return { name, args };
};

test('asks the host for other nodes and requests, and tells the code when the host refuses', async () => {
  const source =
    'const a = $("X").first(); try { await this.helpers.httpRequest({ url: "x" }) } catch (e) { return [a, e.message] }';
  expect(await valueOf(source, { hostCall: refusingHttp })).toEqual([
    { name: 'lookup', args: ['first', 'X', 0, null, null] },
    'not today',
  ]);
});

test('keeps what is logged, within limits', async () => {
  const { logs } = await run(
    'console.log("a", { b: 1 }); for (let i = 0; i < 1e5; i++) console.log("y".repeat(1000)); return 1',
  );
  expect(logs[0]).toEqual({ level: 'info', text: 'a {"b":1}' });
  expect(JSON.stringify(logs).length).toBeLessThan(300_000);
});

test.each([
  ['the process', 'return typeof process'],
  ['modules', 'try { require("child_process") } catch { return "undefined" }'],
  [
    'dynamic imports',
    'try { await import("node:os"); return "loaded" } catch { return "undefined" }',
  ],
  [
    'the function constructor of the host',
    'return this.helpers.httpRequest.constructor("return typeof process")()',
  ],
  [
    'errors of the bridge',
    'try { $("X") .first() } catch (e) { return e.constructor.constructor("return typeof process")() }',
  ],
  ['WebAssembly', 'return typeof WebAssembly'],
  [
    'shared memory',
    'return [typeof SharedArrayBuffer, typeof Atomics].every((t) => t === "undefined") ? "undefined" : "there"',
  ],
])('has no way to %s', async (_, source) => {
  expect(await valueOf(source)).toBe('undefined');
});

test('hands out no handle of the bridge, whatever built-ins are replaced', async () => {
  const source = `
    const caught = [];
    for (const [owner, name] of [[Function.prototype, 'call'], [Function.prototype, 'apply'], [Reflect, 'apply'], [Array.prototype, 'push'], [JSON, 'stringify'], [JSON, 'parse']]) {
      const real = owner[name];
      owner[name] = function (...args) { caught.push(this, ...args); return real.apply === owner[name] ? undefined : Reflect.apply === real ? undefined : real(...args) };
    }
    Object.defineProperty(Object.prototype, '0', { configurable: true, set(v) { caught.push(this, v) } });
    try { $('X').all() } catch {}
    delete Object.prototype[0];
    let found = 'none';
    for (const each of caught) if (each && typeof each.applySyncPromise === 'function') found = 'a reference';
    return found`;
  const outcome = await run(source, { hostCall: async () => [] }).then(
    ({ value }) => value,
    () => 'none',
  );
  expect(outcome).toBe('none');
});

test.each([
  ['an own __proto__ key', 'return JSON.parse(\'{"__proto__": {"a": 1}}\')', '__proto__'],
  ['a circle', 'const a = {}; a.a = a; return a', 'circular'],
  ['more than it may give back', 'return "z".repeat(2_000_000)', 'larger than'],
  [
    'a list that says it is endless',
    'return new Proxy([], { get: (t, k) => (k === "length" ? 2 ** 32 - 1 : {}) })',
    'larger than',
  ],
])('refuses %s', async (_, source, message) => {
  expect((await failureOf(source)).message).toContain(message);
});

test.each([
  ['a loop', 'while (true) {}'],
  ['a promise that never settles', 'await new Promise(() => {})'],
  ['a loop of microtasks', 'const spin = async () => { for (;;) await null }; await spin()'],
  [
    'a built-in that calls back',
    '[...Array(1e5).keys()].sort(() => { for (let i = 0; i < 1e6; i++); return 1 })',
  ],
  ['a power nobody waits for', 'return (7n ** 4_000_000n).toString().length'],
])('ends %s by limit and grace', async (_, source) => {
  const before = Date.now();
  const error = await failureOf(source, { timeoutMs: 300 });
  expect(['timeout', 'memory']).toContain(error.details.reason);
  expect(Date.now() - before).toBeLessThan(300 + 400 + 1_500);
});

test.each([
  ['growing lists', 'const a = []; for (;;) a.push(new Array(1e5).fill(a.length))'],
  ['a string V8 cannot split', 'return "x".repeat(2 ** 27).split("").length'],
  ['growing buffers', 'const a = []; for (;;) a.push(new Uint8Array(1e7).fill(1))'],
])('ends %s, and the next attempt runs', async (_, source) => {
  const error = await failureOf(source);
  expect(`${error.details.reason} ${error.message}`).toMatch(/memory|crash|allocation failed/);
  expect(await valueOf('return 1')).toBe(1);
});

test('an attempt knows nothing of the one before', async () => {
  await run('Object.prototype.left = 1; globalThis.left = 1; return null');
  expect(await valueOf('return [({}).left, globalThis.left].every((v) => v === undefined)')).toBe(
    true,
  );
});

test('a child killed from outside fails its attempt only', async () => {
  const [pid = 0] = pool.pids();
  const { promise: isRunning, resolve } = Promise.withResolvers<void>();
  const killed = failureOf('$("X").first(); for (;;);', { hostCall: async () => resolve() });
  await isRunning;
  process.kill(pid, 'SIGKILL');
  expect((await killed).details.reason).toBe('crash');
  expect(await valueOf('return 2')).toBe(2);
});

test('stops when canceled, also while waiting for its turn', async () => {
  const controller = new AbortController();
  const both = ['await new Promise(() => {})', 'return 1'].map((source) =>
    failureOf(source, { signal: controller.signal }),
  );
  controller.abort();
  for (const error of await Promise.all(both)) expect(error.details.reason).toBe('canceled');
});

test('AlaSQL comes when it is asked for, and reaches no files', async () => {
  const sql = (query: string) =>
    `const db = new alasql.Database(); db.exec('CREATE TABLE t'); db.tables.t.data = rows; return db.exec(${JSON.stringify(query)})`;
  const request = { libraries: ['alasql'] as const, scope: { rows: [{ a: 1 }, { a: 2 }] } };
  expect(await valueOf(sql('SELECT SUM(a) AS n FROM t'), request)).toEqual([{ n: 3 }]);
  expect(await valueOf('return typeof alasql')).toBe('undefined');
  const reading = await run(sql('SELECT * FROM TXT("/etc/hostname")'), request).catch(String);
  expect(JSON.stringify(reading)).not.toContain(hostname());
});
