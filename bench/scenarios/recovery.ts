import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { drawChain } from '../../packages/server/src/testing/draw-chain.ts';
import { eventually } from '../../packages/testing/src/faults/instance-client.ts';
import type { Measurement } from '../measurement.ts';
import { openQueueInstance } from '../queue-instance.ts';

const RUNS = 50;
const LEASE_SECONDS = 30;
const SLACK_SECONDS = 2;
const PATIENCE_SECONDS = 2 * LEASE_SECONDS;

/** R1: from kill -9 of a worker that holds runs to the first, and the last, that goes on elsewhere. */
export async function recovery(): Promise<Measurement[]> {
  const service = await openSilentService();
  const instance = await openQueueInstance({
    MILLRACE_CONCURRENCY: String(RUNS),
    MILLRACE_LEASE_SECONDS: String(LEASE_SECONDS),
    MILLRACE_EGRESS_ALLOW: '127.0.0.1',
  });
  try {
    await instance.owner.publish(callOf(service.url));
    const doomed = await instance.start('worker');
    const url = `${instance.main.base}/webhook/call`;
    await Promise.all(Array.from({ length: RUNS }, () => fetch(url, { method: 'POST' })));
    await eventually('the worker holds all', () => service.calls() === RUNS);
    await instance.start('worker');

    await doomed.kill();
    const killedAt = performance.now();
    const seconds = async (what: string, calls: number) => {
      await eventually(what, () => service.calls() >= calls, PATIENCE_SECONDS);
      return (performance.now() - killedAt) / 1000;
    };
    const first = await seconds('the first goes on', RUNS + 1);
    const last = await seconds('the last goes on', RUNS * 2);
    const about = {
      id: 'R1',
      floor: LEASE_SECONDS,
      unit: 's',
      target: `≤ ${LEASE_SECONDS + SLACK_SECONDS} s`,
    };
    const killed = `kill -9 of a worker with ${RUNS} runs`;
    return [
      { ...about, what: `${killed}: the first goes on`, subject: first },
      { ...about, what: `${killed}: the last goes on`, subject: last },
    ];
  } finally {
    service.answerAll();
    await instance.close();
    service.close();
  }
}

/** Counts calls, and answers them when told to. */
async function openSilentService() {
  const waiting: ServerResponse[] = [];
  const state = { calls: 0, isSilent: true };
  const server = createServer((_request, response) => {
    state.calls++;
    if (state.isSilent) waiting.push(response);
    else response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
    calls: () => state.calls,
    answerAll() {
      state.isSilent = false;
      for (const response of waiting.splice(0)) response.end('{}');
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const callOf = (url: string) =>
  drawChain(
    'Call',
    ['Webhook', 'webhook', { httpMethod: 'POST', path: 'call', responseMode: 'onReceived' }],
    ['Call', 'httpRequest', { url }, { typeVersion: 4.2, onCrash: 'again' }],
  );
