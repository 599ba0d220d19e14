import Fastify from 'fastify';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { accessPlugin } from './access.plugin.ts';
import { createDependencies } from './dependencies.ts';
import { errorsPlugin } from './errors.plugin.ts';
import { healthPlugin } from './health.plugin.ts';

/** A database that is there and a queue that comes and goes. */
async function open() {
  const lines: { msg: string }[] = [];
  const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
  const metrics = new Registry();
  const state = { isAway: false };
  const queue = async () => {
    if (state.isAway) throw new Error('ECONNREFUSED');
  };
  const checks = new Map([
    ['database', async () => undefined],
    ['queue', queue],
  ]);
  const dependencies = createDependencies({ checks, logger, metrics });
  const app = Fastify();
  await app.register(errorsPlugin);
  await app.register(accessPlugin, { authenticate: async () => null });
  await app.register(healthPlugin, { dependencies });
  const up = async () =>
    (await metrics.metrics()).split('\n').filter((line) => line.startsWith('millrace_dependency'));
  return { app, state, lines, up };
}

test('readiness names what is away, in answer, log and metric, and knows when it is back', async () => {
  const { app, state, lines, up } = await open();
  expect((await app.inject('/readyz')).json()).toEqual({ status: 'ok' });
  state.isAway = true;
  const reply = await app.inject('/readyz');
  expect(reply.statusCode).toBe(503);
  expect(reply.headers['retry-after']).toBe('5');
  expect(reply.json()).toMatchObject({ code: 'QUEUE_UNAVAILABLE', details: { away: ['queue'] } });
  await app.inject('/readyz');
  expect(await up()).toEqual([
    'millrace_dependency_up{dependency="database"} 1',
    'millrace_dependency_up{dependency="queue"} 0',
  ]);
  expect((await app.inject('/healthz')).statusCode).toBe(200);

  state.isAway = false;
  expect((await app.inject('/readyz')).statusCode).toBe(200);
  expect(lines.map(({ msg }) => msg)).toEqual([
    'The queue cannot be reached',
    'The queue can be reached again',
  ]);
});
