import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { drawChain } from '../../packages/server/src/testing/draw-chain.ts';
import { requestsPerSecond } from '../load.ts';
import { alternate, type Measurement } from '../measurement.ts';
import { startMillrace } from '../millrace-process.ts';

const CONNECTIONS = 10;
const ROUND_TRIPS = 20_000;
const items = Array.from({ length: 100 }, (_, n) => ({ n, name: `Customer ${n}` }));
const childFile = fileURLToPath(new URL('../floors/code-child.ts', import.meta.url));

/** W5: webhook → Code over 100 items → answer; the floor is the same work in child processes, without a wall. */
export async function code(): Promise<Measurement[]> {
  const millrace = await startMillrace();
  const children = Array.from({ length: Math.min(4, availableParallelism()) }, () =>
    fork(childFile, { serialization: 'json' }),
  );
  try {
    await millrace.publish(codeFlow);
    const body = { list: items };
    const measured = await alternate(
      () => roundTripsPerSecond(children),
      () => requestsPerSecond(`${millrace.base}/webhook/code`, { connections: CONNECTIONS, body }),
    );
    return [
      {
        id: 'W5',
        what: `webhook → Code over ${items.length} items → answer, saved, ${CONNECTIONS} connections`,
        ...measured,
        unit: 'req/s',
        ratio: measured.subject / measured.floor,
        target: '≥ 0.5',
      },
    ];
  } finally {
    for (const child of children) child.kill();
    await millrace.close();
  }
}

/** Each child does one after the other. */
async function roundTripsPerSecond(children: readonly ChildProcess[]): Promise<number> {
  const startedAt = performance.now();
  const trips = Array.from({ length: ROUND_TRIPS }).keys();
  await Promise.all(
    children.map(async (child) => {
      for (const _trip of trips) {
        child.send(JSON.stringify(items));
        const [text] = await once(child, 'message');
        if (JSON.parse(text).length !== items.length) throw new Error('Items are missing');
      }
    }),
  );
  return (ROUND_TRIPS * 1000) / (performance.now() - startedAt);
}

const codeFlow = drawChain(
  'Code',
  ['Webhook', 'webhook', { httpMethod: 'POST', path: 'code', responseMode: 'responseNode' }],
  ['Split', 'splitOut', { fieldToSplitOut: 'body.list' }],
  [
    'Code',
    'code',
    {
      mode: 'runOnceForAllItems',
      jsCode:
        'return $input.all().map(({ json: { n, name } }) => ({ json: { n, name: name.toUpperCase(), double: n * 2 } }));',
    },
    { typeVersion: 2 },
  ],
  ['Answer', 'respondToWebhook', { respondWith: 'allIncomingItems' }],
);
