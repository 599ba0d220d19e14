import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { createEvaluator } from '@millrace/workflow/expression';
import { runExecution } from '@millrace/workflow/engine';
import type { NodeJson, WorkflowJson } from '@millrace/workflow/graph';
import type { JsonObject } from '@millrace/workflow/items';
import { createRegistry, type NodeType } from '@millrace/workflow/node-api';
import Fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { ExecutionEntity, type Database } from '../../db/index.ts';
import { errorsPlugin } from '../../platform/index.ts';
import { fakeType, openTestRuntime, storeWorkflow } from '../../runtime/testing/fake-runtime.ts';
import { openTestDatabases } from '../../runtime/testing/test-databases.ts';
import { BODY_LIMIT_BYTES } from './body.ts';
import { createKeptCalls } from './kept-calls.ts';
import { createPauses } from './pauses.ts';
import { createRouteTable } from './route-table.ts';
import { createTestListeners } from './test-listeners.ts';
import { createWebhookRoutes } from './webhook-routes.ts';
import { webhooksPlugin } from './webhooks.plugin.ts';

const databases = openTestDatabases();
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  await databases.closeAll();
});

const hookType: NodeType = {
  ...fakeType('hook', {
    group: ['trigger'],
    inputs: [],
    webhooks: [{ name: 'default' }],
    properties: ['path', 'httpMethod', 'responseMode', 'responseData', 'options'].map((name) => ({
      displayName: name,
      name,
      type: name === 'options' ? 'json' : 'string',
      default: name === 'options' ? {} : '',
    })),
  }),
  execute: (context) => [context.items()],
  async webhook({ request, param }) {
    if (request.headers['x-refuse']) return { response: { status: 403, headers: {}, body: 'no' } };
    const { query, params, body, files } = request;
    const sent = files.map(({ field, binary }) => ({ field, bytes: binary.bytes }));
    const note = param('options.note', 0, { fallback: '' });
    return { outputs: [[{ json: { query, params, body, sent, note } }]] };
  },
};
const pureType: NodeType = {
  ...fakeType('pure', { pure: true }),
  execute: (context) => [context.items()],
};
const dropType: NodeType = { ...fakeType('drop', { pure: true }), execute: () => [[]] };
const failType: NodeType = {
  ...fakeType('fail'),
  execute: () => {
    throw new Error('broken');
  },
};
const respondType: NodeType = {
  ...fakeType('respond', { pure: true }),
  async execute(context) {
    await context.respond({ status: 307, headers: { location: 'http://there/' } });
    return [context.items()];
  },
};

const node = (type: string, index: number, parameters: JsonObject = {}): NodeJson => ({
  id: `${index}`,
  name: `${type}${index}`,
  type: `test.${type}`,
  typeVersion: 1,
  position: [index * 200, 0],
  parameters,
});
function chain(parameters: JsonObject, ...types: readonly string[]): WorkflowJson {
  const nodes = [node('hook', 0, parameters), ...types.map((type, i) => node(type, i + 1))];
  const wires = nodes
    .slice(1)
    .map((to, i): [string, { main: [{ node: string; type: string; index: number }[]] }] => [
      nodes[i]?.name ?? '',
      { main: [[{ node: to.name, type: 'main', index: 0 }]] },
    ]);
  return {
    name: 'Hooked',
    nodes,
    connections: Object.fromEntries(wires),
    settings: { executionOrder: 'v1' },
  };
}

async function open() {
  const db = await databases.open('sqlite');
  const registry = createRegistry([hookType, pureType, dropType, failType, respondType]);
  const { runtime, close } = await openTestRuntime(db, { registry, runExecution });
  const app = Fastify();
  await app.register(errorsPlugin);
  const evaluator = createEvaluator();
  const pauses = createPauses({ runtime, evaluator });
  await app.register(webhooksPlugin, {
    runtime,
    evaluator,
    routeTable: createRouteTable(db),
    testListeners: createTestListeners(runtime),
    pauses,
    keptCalls: createKeptCalls({ runtime, evaluator }, pauses),
  });
  closing.push(close, () => app.close());
  const routes = createWebhookRoutes(registry);
  const publish = async (workflow: WorkflowJson) => {
    const ids = await storeWorkflow(db, workflow);
    await db.transaction((manager) => routes.published({ manager, ...ids, workflow }));
    runtime.bus.publish({ type: 'triggers-changed', workflowId: ids.workflowId });
    return ids;
  };
  const files = async () => {
    const { home } = runtime.options.config;
    const entries = await readdir(home, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  };
  return { db, app, publish, files };
}
const executions = (db: Database) => db.source.getRepository(ExecutionEntity).find();

test('answers at once when told to, with the execution stored', async () => {
  const { db, app, publish } = await open();
  await publish(chain({ path: 'now', httpMethod: 'POST' }, 'pure'));
  const reply = await app.inject({ method: 'POST', url: '/webhook/now', payload: { a: 1 } });
  expect(reply.statusCode).toBe(200);
  expect(reply.json()).toEqual({ message: 'Workflow was started' });
  expect(await executions(db)).toMatchObject([{ mode: 'webhook', startNode: 'hook0' }]);
});

test('the last node answers, with the execution ended in the database', async () => {
  const { db, app, publish } = await open();
  await publish(chain({ path: 'last', responseMode: 'lastNode' }, 'pure'));
  const reply = await app.inject('/webhook/last?x=1&y=2&y=3');
  expect(reply.json()).toMatchObject({ query: { x: '1', y: ['2', '3'] } });
  expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(await executions(db)).toMatchObject([{ status: 'success', lastNode: 'pure1' }]);
});

test.each([
  ['a last node without items', { responseMode: 'lastNode' }, ['drop'], 500],
  ['a failed execution', { responseMode: 'lastNode' }, ['fail'], 500],
  [
    'a respond node that is never reached',
    { responseMode: 'responseNode' },
    ['drop', 'respond'],
    200,
  ],
  ['a respond node', { responseMode: 'responseNode' }, ['respond'], 307],
  [
    'a chosen status',
    { options: { responseCode: { values: { responseCode: 202 } } } },
    ['pure'],
    202,
  ],
])('%s', async (_, parameters, types, status) => {
  const { app, publish } = await open();
  await publish(chain({ path: 'p', ...parameters }, ...types));
  const reply = await app.inject('/webhook/p');
  expect(reply.statusCode).toBe(status);
  if (status === 307) expect(reply.headers.location).toBe('http://there/');
  if (types.includes('fail')) expect(reply.json()).toEqual({ message: 'Error in workflow' });
});

test('a fixed path goes before one with parameters, and parameters are given on', async () => {
  const { app, publish } = await open();
  const last = { responseMode: 'lastNode' };
  await publish({
    ...chain({ path: 'users/:id', ...last }, 'pure'),
  });
  await publish(chain({ path: '0/users/me', ...last, options: { note: '={{ 1 + 1 }}' } }, 'pure'));
  expect((await app.inject('/webhook/0/users/7')).json()).toMatchObject({ params: { id: '7' } });
  expect((await app.inject('/webhook/0/users/me')).json()).toMatchObject({ params: {}, note: 2 });
});

test('unknown paths, other methods and refused calls start nothing', async () => {
  const { db, app, publish } = await open();
  await publish(chain({ path: 'only', httpMethod: 'POST' }, 'pure'));
  const other = await app.inject('/webhook/only');
  expect(other.statusCode).toBe(404);
  expect(other.json().message).toMatch(/Did you mean to make a POST request/);
  expect((await app.inject('/webhook/none')).json().message).toMatch(
    /"GET none" is not registered/,
  );
  const refused = { method: 'POST' as const, url: '/webhook/only', headers: { 'x-refuse': '1' } };
  expect((await app.inject(refused)).statusCode).toBe(403);
  expect(await executions(db)).toEqual([]);
});

test('JSON that is none is refused with 422', async () => {
  const { db, app, publish } = await open();
  await publish(chain({ path: 'json', httpMethod: 'POST' }, 'pure'));
  const headers = { 'content-type': 'application/json' };
  for (const payload of ['{bad', '{"__proto__":{"x":1}}', '{"\\u005f_proto__":{"x":1}}']) {
    const reply = await app.inject({ method: 'POST', url: '/webhook/json', headers, payload });
    expect(reply.statusCode).toBe(422);
  }
  expect(await executions(db)).toEqual([]);
});

test('forms, text and files arrive as what they are', async () => {
  const { app, publish } = await open();
  await publish(chain({ path: 'b', httpMethod: 'POST', responseMode: 'lastNode' }, 'pure'));
  const send = async (type: string, payload: string) => {
    const headers = { 'content-type': type };
    return (await app.inject({ method: 'POST', url: '/webhook/b', headers, payload })).json();
  };
  const form = await send('application/x-www-form-urlencoded', 'a=1&l=x&l=y&constructor=z');
  expect(form.body).toEqual({ a: '1', l: ['x', 'y'] });
  expect((await send('application/xml', '<a/>')).body).toBe('<a/>');
  const parts = [
    '--B',
    'content-disposition: form-data; name="f"; filename="a.txt"',
    'content-type: text/plain',
    '',
    'hello',
    '--B',
    'content-disposition: form-data; name="t"',
    '',
    'v',
    '--B--',
    '',
  ].join('\r\n');
  const files = await send('multipart/form-data; boundary=B', parts);
  expect(files).toMatchObject({ body: { t: 'v' }, sent: [{ field: 'f', bytes: 5 }] });
});

test('two workflows cannot be published at one address', async () => {
  const { publish } = await open();
  await publish(chain({ path: 'same' }, 'pure'));
  await expect(publish(chain({ path: 'same' }, 'pure'))).rejects.toThrow(
    /answers GET \/webhook\/same/,
  );
});

test('a body over the limit is refused and named', async () => {
  const { db, app, publish } = await open();
  await publish(chain({ path: 'big', httpMethod: 'POST' }, 'pure'));
  const payload = Buffer.alloc(BODY_LIMIT_BYTES + 1, 'x');
  const reply = await app.inject({ method: 'POST', url: '/webhook/big', payload });
  expect(reply.statusCode).toBe(413);
  expect(reply.json()).toMatchObject({ code: 413, message: expect.stringContaining('16 MiB') });
  expect(await executions(db)).toEqual([]);
});

test('who sends too much reads why, and the connection serves the next call', async () => {
  const { app, publish } = await open();
  await publish(chain({ path: 'big', httpMethod: 'POST' }, 'pure'));
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  const socket = connect(Number(port), '127.0.0.1');
  const replies = socket.setEncoding('utf8')[Symbol.asyncIterator]();
  const head = (length: number) =>
    `POST /webhook/big HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n`;
  socket.write(head(BODY_LIMIT_BYTES + 1));
  expect((await replies.next()).value).toMatch(/^HTTP\/1\.1 413 [^]*16 MiB/);
  socket.write('x'.repeat(BODY_LIMIT_BYTES + 1));
  socket.write(`${head(2)}{}`);
  expect((await replies.next()).value).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
});

test('a form that breaks off is refused, and its file is not kept', async () => {
  const { db, app, publish, files } = await open();
  await publish(chain({ path: 'cut', httpMethod: 'POST' }, 'pure'));
  const headers = { 'content-type': 'multipart/form-data; boundary=B' };
  const payload = '--B\r\ncontent-disposition: form-data; name="f"; filename="a"\r\n\r\nhalf';
  const reply = await app.inject({ method: 'POST', url: '/webhook/cut', headers, payload });
  expect(reply.statusCode).toBeGreaterThanOrEqual(400);
  expect(await executions(db)).toEqual([]);
  expect(await files()).toEqual([]);
});

test.each([
  ['*', 'https://a.test', 'https://a.test'],
  ['https://a.test, https://b.test', 'https://b.test', 'https://b.test'],
  ['https://a.test', 'https://evil.test', 'https://a.test'],
])('with the allowed origins %s, a page of %s is told %s', async (allowedOrigins, origin, told) => {
  const { app, publish } = await open();
  await publish(chain({ path: 'cors', httpMethod: 'POST', options: { allowedOrigins } }, 'pure'));
  const asked = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'x-key',
  };
  const before = await app.inject({ method: 'OPTIONS', url: '/webhook/cors', headers: asked });
  expect(before.statusCode).toBe(204);
  expect(before.headers).toMatchObject({
    'access-control-allow-origin': told,
    'access-control-allow-methods': 'OPTIONS, POST',
    'access-control-allow-headers': 'x-key',
  });
  const reply = await app.inject({ method: 'POST', url: '/webhook/cors', headers: { origin } });
  expect(reply.headers['access-control-allow-origin']).toBe(told);
});

test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)(
  'answers %s where a node asks for it',
  async (method) => {
    const { db, app, publish } = await open();
    await publish(chain({ path: 'any', httpMethod: method }, 'pure'));
    expect((await app.inject({ method, url: '/webhook/any' })).statusCode).toBe(200);
    expect(await executions(db)).toHaveLength(1);
  },
);
