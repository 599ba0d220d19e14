import { afterEach, expect, test } from 'vitest';
import { chain, effect } from './flows.ts';
import { fire } from './instance-client.ts';
import { openTestbed, type Testbed, type TestbedOptions } from './testbed.ts';
import { judge } from './verdict.ts';

const open: Testbed[] = [];
afterEach(async () => {
  for (const bed of open.splice(0)) await bed.close();
});

async function bedOf(options: TestbedOptions): Promise<Testbed> {
  const bed = await openTestbed(options);
  open.push(bed);
  return bed;
}

const RUNS = 200;
const CONCURRENCY = 10;
const slow = chain('slow', [effect({ delayMs: 100 }), effect()]);

test('embedded: of 200 slow runs accepted before kill -9 none is lost', async () => {
  const env = { MILLRACE_CONCURRENCY: String(CONCURRENCY) };
  const bed = await bedOf({ mode: 'embedded', env });
  const first = await bed.start('main');
  await (await bed.signIn(first)).publish(slow);
  expect(await fire(`${first.url}/webhook/slow`, RUNS)).toEqual(new Map([[200, RUNS]]));
  await bed.sink.until(RUNS / 4);
  await first.end('SIGKILL');

  await bed.start('main');
  const verdict = await judge(bed, RUNS);
  expect(verdict).toMatchObject({ finished: RUNS, lost: 0, doubles: 0 });
  expect(verdict.mostRepeats).toBeLessThanOrEqual(1);
  expect(verdict.repeated).toBeLessThanOrEqual(CONCURRENCY);
}, 120_000);

test('queue mode: of 200 slow runs none is lost when a worker is killed', async () => {
  const bed = await bedOf({ mode: 'queue' });
  const main = await bed.start('main');
  const workers = [await bed.start('worker'), await bed.start('worker')];
  await (await bed.signIn(main)).publish(slow);
  expect(await fire(`${main.url}/webhook/slow`, RUNS)).toEqual(new Map([[200, RUNS]]));
  await bed.sink.until(RUNS / 4);
  await workers[0]?.end('SIGKILL');

  const verdict = await judge(bed, RUNS);
  expect(verdict).toMatchObject({ finished: RUNS, lost: 0, doubles: 0 });
  expect(verdict.mostRepeats).toBeLessThanOrEqual(1);
  expect(verdict.repeated).toBeLessThanOrEqual(CONCURRENCY);
}, 120_000);
