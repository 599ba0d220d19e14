import { NotFoundError } from '@millrace/workflow/errors';
import Fastify from 'fastify';
import fp from 'fastify-plugin';
import { WebSocket } from 'undici';
import { afterEach, expect, test, vi } from 'vitest';
import { accessPlugin, errorsPlugin, SYSTEM } from '../../platform/index.ts';
import { createEventBus } from '../../runtime/index.ts';
import { pushPlugin } from './push.plugin.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open() {
  const bus = createEventBus((error) => {
    throw error;
  });
  const asked = Promise.withResolvers<void>();
  const app = Fastify();
  await app.register(errorsPlugin);
  await app.register(accessPlugin, {
    authenticate: async ({ headers }) => (headers.authorization === 'Bearer good' ? SYSTEM : null),
  });
  await app.register(fp(pushPlugin), {
    bus,
    async mayRead(_caller, workflowId) {
      if (workflowId === 'foreign') throw new NotFoundError('workflow', workflowId);
      setImmediate(() => asked.resolve());
    },
  });
  await app.ready();
  closing.push(() => app.close());
  const connect = async (token: string) => {
    const socket = await app.injectWS('/push', { headers: { authorization: `Bearer ${token}` } });
    closing.push(() => socket.terminate());
    return socket;
  };
  return { bus, connect, asked: asked.promise, listen: () => app.listen({ port: 0 }) };
}
const changed = (workflowId: string) =>
  ({ type: 'workflow-changed', workflowId, revision: 2, active: true }) as const;

test('a client hears of the workflows it asked about and of no others', async () => {
  const { bus, connect, asked } = await open();
  const socket = await connect('good');
  const heard = new Promise<string>((resolve) =>
    socket.on('message', (data) => resolve(data.toString())),
  );
  socket.send(JSON.stringify({ type: 'subscribe', workflowId: 'mine' }));
  await asked;
  bus.publish(changed('other'));
  bus.publish(changed('mine'));
  expect(JSON.parse(await heard)).toEqual(changed('mine'));
});

test.each([
  ['a workflow it may not read', JSON.stringify({ type: 'subscribe', workflowId: 'foreign' })],
  ['what is no command', '{"type":"drop"}'],
  ['what is no JSON', 'hello'],
])('a client that sends %s is cut off', async (_, message) => {
  const { connect } = await open();
  const socket = await connect('good');
  const code = new Promise((resolve) => socket.on('close', resolve));
  socket.send(message);
  expect(await code).toBe(1008);
});

test('nobody connects without signing in', async () => {
  const { connect } = await open();
  await expect(connect('bad')).rejects.toThrow(/401/);
});

test('a client that left is forgotten', async () => {
  const { bus, listen } = await open();
  const url = (await listen()).replace('http', 'ws');
  const socket = new WebSocket(`${url}/push`, { headers: { authorization: 'Bearer good' } });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  expect(bus.hasListeners).toBe(true);
  socket.close();
  await vi.waitFor(() => expect(bus.hasListeners).toBe(false));
});
