import { afterEach, expect, test } from 'vitest';
import { chain, effect } from '../faults/flows.ts';
import { eventually, fire } from '../faults/instance-client.ts';
import { openTestbed, type Testbed } from '../faults/testbed.ts';
import { judge } from '../faults/verdict.ts';

const open: Testbed[] = [];
afterEach(async () => {
  for (const bed of open.splice(0)) await bed.close();
});

test('places of a worker that is killed come back, and the limit holds meanwhile', async () => {
  const bed = await openTestbed({ mode: 'queue' });
  open.push(bed);
  const env = { MILLRACE_LEASE_SECONDS: '3' };
  const main = await bed.start('main', env);
  const doomed = await bed.start('worker', env);
  const settings = {
    limits: {
      perKey: { key: 'one for all', maxConcurrency: 2, rate: { max: 8, periodSeconds: 1 } },
    },
  };
  await (await bed.signIn(main)).publish(chain('two', [effect({ delayMs: 200 })], { settings }));
  await fire(`${main.url}/webhook/two`, 16);
  await bed.sink.until(3);
  doomed.signal('SIGKILL');
  await bed.start('worker', env);
  const seen: number[] = [];
  await eventually('all have ended', async () => {
    const rows = await bed.ledger.executions();
    seen.push(rows.filter(({ status }) => status === 'running').length);
    return rows.filter(({ status }) => status === 'success').length === 16;
  });
  expect(Math.max(...seen)).toBeLessThanOrEqual(2);
  const starts = await bed.ledger.query<{ at: string }>(
    'SELECT "at" FROM "rate_start" ORDER BY "at"',
  );
  const gaps = starts.slice(8).map(({ at }, index) => Number(at) - Number(starts[index]?.at));
  expect(Math.min(...gaps, Infinity)).toBeGreaterThanOrEqual(1000);
  expect(await judge(bed, 16)).toMatchObject({ finished: 16, lost: 0, doubles: 0 });
}, 90_000);
