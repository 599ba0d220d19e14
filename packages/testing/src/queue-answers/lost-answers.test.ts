import { afterEach, expect, test } from 'vitest';
import { chain, effect } from '../faults/flows.ts';
import { openTcpProxy, type TcpProxy } from '../faults/tcp-proxy.ts';
import { openTestbed, type Instance, type Testbed } from '../faults/testbed.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const respond = {
  type: 'n8n-nodes-base.respondToWebhook',
  parameters: { respondWith: 'text', responseBody: 'from the worker' },
};
/** Works long enough for a fault to come between its work and the answer. */
const work = effect({ delayMs: 1500 });
/** The caller must not have to wait for it. */
const farFromEnd = effect({ delayMs: 600_000 });

/** Where an answer comes from, and what stands in it. */
const WAYS = [
  { path: 'node', responseMode: 'responseNode', nodes: [work, respond], text: 'from the worker' },
  {
    path: 'node-long-before-the-end',
    responseMode: 'responseNode',
    nodes: [work, respond, farFromEnd],
    text: 'from the worker',
  },
  { path: 'last-node', responseMode: 'lastNode', nodes: [work], text: 'webhookUrl' },
] as const;

const EXPECTED = WAYS.map(({ text }) => expect.stringContaining(text));
const PATIENCE_MS = 180_000;

interface Called {
  readonly bed: Testbed;
  readonly worker: Instance;
  /** The way of the process that waits to Redis. */
  readonly proxy: TcpProxy;
  /** Texts of the answers. */
  readonly answered: Promise<readonly string[]>;
}

/** Calls that wait in a webhook process while a worker is at their first nodes. */
async function callAndWait(): Promise<Called> {
  const bed = await openTestbed({ mode: 'queue' });
  const proxy = await openTcpProxy(Number(new URL(bed.redis?.url ?? '').port));
  open.push(bed, proxy);
  const main = await bed.start('main');
  const [door, worker] = await Promise.all([
    bed.start('webhook', { MILLRACE_REDIS_URL: `redis://127.0.0.1:${proxy.port}` }),
    bed.start('worker'),
  ]);
  const client = await bed.signIn(main);
  for (const { path, nodes, responseMode } of WAYS)
    await client.publish(chain(path, nodes, { webhook: { responseMode } }));
  const answered = Promise.all(
    WAYS.map(async ({ path }) =>
      (await fetch(`${door.url}/webhook/${path}`, { method: 'POST' })).text(),
    ),
  );
  await bed.sink.until(WAYS.length);
  return { bed, worker, proxy, answered };
}

test(
  'Redis dies before the answers are given: callers hear them',
  async () => {
    const { bed, answered } = await callAndWait();
    await bed.redis?.child.end('SIGKILL');
    expect(await answered).toEqual(EXPECTED);
  },
  PATIENCE_MS,
);

test(
  'answers are given while the callers’ process hears nothing of Redis',
  async () => {
    const { proxy, answered } = await callAndWait();
    proxy.hold();
    expect(await answered).toEqual(EXPECTED);
  },
  PATIENCE_MS,
);

test(
  'the worker dies before the answers and Redis is emptied: another answers',
  async () => {
    const { bed, worker, answered } = await callAndWait();
    await worker.end('SIGKILL');
    await bed.redis?.restart();
    await bed.start('worker');
    expect(await answered).toEqual(EXPECTED);
  },
  PATIENCE_MS,
);
