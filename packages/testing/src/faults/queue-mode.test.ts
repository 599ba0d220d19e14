import { afterEach, expect, test } from 'vitest';
import { chain, effect, everySecond } from './flows.ts';
import { eventually, fire } from './instance-client.ts';
import { openTestbed, type Testbed } from './testbed.ts';
import { judge } from './verdict.ts';

const open: Testbed[] = [];
afterEach(async () => {
  for (const bed of open.splice(0)) await bed.close();
});

async function openQueueMode(): Promise<Testbed> {
  const bed = await openTestbed({ mode: 'queue' });
  open.push(bed);
  return bed;
}

test('a worker that slept past its lease writes nothing more, and every run ends once', async () => {
  const bed = await openQueueMode();
  const main = await bed.start('main');
  const zombie = await bed.start('worker');
  await (await bed.signIn(main)).publish(chain('slow', [effect({ delayMs: 300 }), effect()]));
  await fire(`${main.url}/webhook/slow`, 30);
  await bed.sink.until(5);
  zombie.signal('SIGSTOP');
  await bed.start('worker');
  await eventually('the others have taken over', async () =>
    (await bed.ledger.executions()).every(({ status }) => status === 'success'),
  );
  const before = await bed.ledger.query('SELECT * FROM "execution_run" ORDER BY 1, 2, 3, 4');
  zombie.signal('SIGCONT');
  await eventually('the zombie was refused', () =>
    zombie.log.some((line) => line.includes('no longer held')),
  );
  expect(await judge(bed, 30)).toMatchObject({ finished: 30, lost: 0, doubles: 0 });
  expect(await bed.ledger.query('SELECT * FROM "execution_run" ORDER BY 1, 2, 3, 4')).toEqual(
    before,
  );
}, 60_000);

test('Redis may be emptied, and may go away while triggers come: all runs end', async () => {
  const bed = await openQueueMode();
  const main = await bed.start('main');
  await bed.start('worker');
  await (await bed.signIn(main)).publish(chain('slow', [effect({ delayMs: 50 })]));
  const url = `${main.url}/webhook/slow`;
  expect(await fire(url, 60)).toEqual(new Map([[200, 60]]));
  await bed.redis?.restart();

  await bed.redis?.child.end('SIGKILL');
  await eventually('readiness names the queue', async () => {
    const response = await fetch(`${main.url}/readyz`);
    return response.status === 503 && (await response.text()).includes('queue');
  });
  expect(await fire(url, 60)).toEqual(new Map([[200, 60]]));
  await bed.redis?.restart();
  expect(await judge(bed, 120)).toMatchObject({ finished: 120, lost: 0, doubles: 0 });
  await eventually('ready again', async () => (await fetch(`${main.url}/readyz`)).ok);
}, 60_000);

test('with two mains a schedule fires once each second', async () => {
  const bed = await openQueueMode();
  const [first] = await Promise.all([bed.start('main'), bed.start('main')]);
  await bed.start('worker');
  await (await bed.signIn(first)).publish(everySecond('tick', [effect()]));
  await bed.sink.until(5);
  const times = await bed.ledger.query<{ at: number }>(
    `SELECT "createdAt" / 1000 AS "at" FROM "execution" WHERE "mode" = 'trigger'`,
  );
  expect(new Set(times.map(({ at }) => String(at))).size).toBe(times.length);
}, 60_000);

test('a webhook process hears what a worker answers, and how it ended', async () => {
  const bed = await openQueueMode();
  const main = await bed.start('main');
  const [door] = await Promise.all([bed.start('webhook'), bed.start('worker')]);
  const client = await bed.signIn(main);
  const respond = {
    type: 'n8n-nodes-base.respondToWebhook',
    parameters: { respondWith: 'text', responseBody: 'from the worker' },
  };
  await client.publish(
    chain('answer', [effect(), respond], { webhook: { responseMode: 'responseNode' } }),
  );
  await client.publish(chain('last', [effect()], { webhook: { responseMode: 'lastNode' } }));
  const post = async (path: string) =>
    (await fetch(`${door.url}/webhook/${path}`, { method: 'POST' })).text();
  expect(await post('answer')).toBe('from the worker');
  expect(await post('last')).toContain('webhookUrl');
}, 60_000);

test('a limit of two holds over all workers, and what waits for a slot gets one', async () => {
  const bed = await openQueueMode();
  const main = await bed.start('main');
  await Promise.all([bed.start('worker'), bed.start('worker')]);
  const settings = { maxConcurrency: 2 };
  await (await bed.signIn(main)).publish(chain('two', [effect({ delayMs: 100 })], { settings }));
  await fire(`${main.url}/webhook/two`, 20);
  const seen: number[] = [];
  await eventually('all have ended', async () => {
    const rows = await bed.ledger.executions();
    seen.push(rows.filter(({ status }) => status === 'running').length);
    return rows.filter(({ status }) => status === 'success').length === 20;
  });
  expect(Math.max(...seen)).toBe(2);
}, 60_000);

test('told to stop, a worker gives back what it has, and another goes on at once', async () => {
  const bed = await openQueueMode();
  const env = { MILLRACE_SHUTDOWN_SECONDS: '0', MILLRACE_LEASE_SECONDS: '600' };
  const main = await bed.start('main', env);
  const leaving = await bed.start('worker', env);
  await (await bed.signIn(main)).publish(chain('long', [effect({ delayMs: 2000 })]));
  await fire(`${main.url}/webhook/long`, 5);
  await bed.sink.until(5);
  await leaving.end('SIGTERM');
  await bed.start('worker', env);
  expect(await judge(bed, 5)).toMatchObject({ finished: 5, lost: 0 });
}, 60_000);
