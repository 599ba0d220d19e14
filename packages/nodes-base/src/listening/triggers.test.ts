import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { Redis } from 'ioredis';
import { afterEach, expect, test } from 'vitest';
import type { JsonObject, Outputs } from '@millrace/workflow/items';
import { createRegistry, type ListenContext } from '@millrace/workflow/node-api';
import type { HostPort } from '@millrace/workflow/ports';
import { nodesBase } from '../index.ts';
import { jsonOf, runNode } from '../testing/fake-context.ts';

const registry = createRegistry(nodesBase.nodes);
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Runs a trigger's `listen` and keeps what it emits. */
function listen(type: string, parameters: JsonObject, more: Partial<ListenContext> = {}) {
  const stop = new AbortController();
  const events: { readonly outputs: Outputs; readonly cursor: JsonObject | undefined }[] = [];
  const context: Partial<ListenContext> = {
    ...world,
    signal: stop.signal,
    cursor: null,
    emit: async (outputs, next) => void events.push({ outputs, cursor: next }),
    param: <T>(path: string, _item: number, { fallback }: { fallback?: unknown } = {}) =>
      // The caller names the type, as with the host's own `param`.
      (path.split('.').reduce<unknown>(readStep, parameters) ?? fallback) as T,
    ...more,
  };
  // A trigger's own test needs no more than what it uses; a missing member fails loudly.
  const ended = registry.require(`n8n-nodes-base.${type}`).listen?.(context as ListenContext);
  closing.push(() => stop.abort());
  return { events, stop, ended };
}
const hosts: HostPort = {
  locate: async (address, port) => ({ address, port, isStandIn: false }),
};
const readStep = (value: unknown, step: string): unknown => Object(value)[step];
const world: Partial<ListenContext> = {
  node: {
    id: '1',
    name: 'Listen',
    type: 'x',
    typeVersion: 1,
    position: [0, 0] as const,
    parameters: {},
  },
  credential: async () => ({ host: '127.0.0.1', port: 6379 }),
  hosts,
};

async function openStream(open: (response: ServerResponse, lastId: string) => void) {
  const server = createServer((request, response) => {
    if (request.url === '/moved')
      return void response.writeHead(302, { location: '/events' }).end();
    response.writeHead(request.url === '/page' ? 404 : 200, {
      'content-type': 'text/event-stream',
    });
    open(response, String(request.headers['last-event-id'] ?? ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

test('each event of a stream is an item, and its id the cursor', async () => {
  const url = await openStream((response) =>
    response.end('id: 1\ndata: {"a":1}\n\n: ping\n\nid: 2\ndata: plain\n\n'),
  );
  const { events, ended } = listen('sseTrigger', { url: `${url}/moved` });
  await ended; // the server ended it
  expect(events).toEqual([
    { outputs: [[{ json: { a: 1 } }]], cursor: { lastEventId: '1' } },
    { outputs: [[{ json: { data: 'plain' } }]], cursor: { lastEventId: '2' } },
  ]);
});

test('a stream goes on after the last event that was stored, and ends when told to', async () => {
  const url = await openStream((response, lastId) => response.write(`data: "${lastId}"\n\n`));
  const { events, stop, ended } = listen('sseTrigger', { url }, { cursor: { lastEventId: '7' } });
  await expect.poll(() => events).toHaveLength(1);
  expect(events[0]?.outputs).toEqual([[{ json: { data: '7' } }]]);
  stop.abort();
  await ended;
});

test.each([
  ['/page', 404, 'broke'],
  ['/events', null, 'broke'],
])('a stream at %s that brings nothing is an error', async (path, status, message) => {
  const url = await openStream((response) => response.end());
  await expect(listen('sseTrigger', { url: url + path }).ended).rejects.toMatchObject({
    code: 'NODE_SERVICE_FAILED',
    message: expect.stringContaining(message),
    details: { status },
  });
});

test('a stream is not opened where egress refuses', async () => {
  const refusing = { locate: async () => Promise.reject(new Error('refused')) };
  const { ended } = listen('sseTrigger', { url: 'http://10.0.0.1/' }, { hosts: refusing });
  await expect(ended).rejects.toThrow('refused');
});

test('trying the trigger out gives the first event', async () => {
  const url = await openStream((response) => response.write('data: {"a":1}\n\ndata: {"a":2}\n\n'));
  const context = { hosts, signal: new AbortController().signal };
  const result = await runNode({ type: 'sseTrigger', parameters: { url }, inputs: [], context });
  expect(jsonOf(result)).toEqual([{ a: 1 }]);
});

test.each<[string, JsonObject, JsonObject]>([
  ['with its channel', {}, { channel: 'NAME', message: '{"a":1}' }],
  ['as JSON', { jsonParseBody: true }, { channel: 'NAME', message: { a: 1 } }],
  ['alone', { jsonParseBody: true, onlyMessage: true }, { a: 1 }],
])('a Redis message comes %s', async (_, options, expected) => {
  const name = `nodes-base:${randomBytes(4).toString('hex')}`;
  const { events, stop, ended } = listen('redisTrigger', { channels: `x:none, ${name}*`, options });
  const sender = new Redis({ host: '127.0.0.1', port: 6379 });
  closing.push(() => sender.disconnect());
  await expect.poll(() => sender.publish(`${name}:1`, '{"a":1}')).toBe(1);
  await expect.poll(() => events.length).toBeGreaterThan(0);
  const json = JSON.parse(JSON.stringify(expected).replace('NAME', `${name}:1`));
  expect(events[0]?.outputs).toEqual([[{ json }]]);
  stop.abort();
  await ended;
});
