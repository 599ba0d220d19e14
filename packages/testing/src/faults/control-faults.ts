import { brokenOf, workHolds, type Fault } from './fault.ts';
import { chain, effect, everySecond, waitForCall } from './flows.ts';
import { eventually, fire, resumeAddress } from './instance-client.ts';
import { judge } from './verdict.ts';

/** F16: a pause is ended by ten at the same time, and again afterwards. */
const resumeTwice: Fault = {
  id: 'F16',
  name: 'Resume by ten at once, and again',
  async run({ open }) {
    const bed = await open({ mode: 'queue' });
    const main = await bed.start('main');
    await bed.start('worker');
    const client = await bed.signIn(main);
    await client.publish(chain('flow', [effect(), waitForCall, effect()]));
    const runs = 10;
    await fire(`${main.url}/webhook/flow`, runs);
    await eventually('all wait', async () =>
      (await bed.ledger.executions()).every(({ status }) => status === 'waiting'),
    );
    let resumed = 0;
    let refused = 0;
    for (const { id } of await bed.ledger.executions()) {
      const statuses = await fire(await resumeAddress(main.url, client, id), 12, 10);
      resumed += statuses.get(200) ?? 0;
      refused += 12 - (statuses.get(200) ?? 0);
    }
    const verdict = await judge(bed, runs);
    const broken = brokenOf({ ...workHolds(verdict, 0), 'one resume each': resumed === runs });
    return { ...verdict, refused, broken };
  },
};

/** F17: while runs are under way, another version is published and another workflow removed. */
const publishDuring: Fault = {
  id: 'F17',
  name: 'Publish during a run; delete during a run',
  async run({ open }) {
    const bed = await open({ mode: 'queue' });
    const main = await bed.start('main');
    await bed.start('worker');
    const client = await bed.signIn(main);
    const id = await client.publish(chain('flow', [effect({ delayMs: 500 }), effect()]));
    const gone = await client.publish(chain('gone', [effect({ delayMs: 500 }), effect()]));
    await fire(`${main.url}/webhook/flow`, 10);
    await bed.sink.until(5);
    const { body } = await client.call('GET', `/workflows/${id}`);
    const next = chain('flow', [effect()]);
    await client.call('PUT', `/workflows/${id}`, { ...next, revision: body['revision'] });
    await client.call('POST', `/workflows/${id}/publish`);
    const verdict = await judge(bed, 10);
    const onOld = await bed.ledger.query<{ n: number }>(
      `SELECT count(*) AS "n" FROM "execution_run" WHERE "node" = '2 effect'`,
    );
    await fire(`${main.url}/webhook/gone`, 3);
    await client.call('DELETE', `/workflows/${gone}`);
    await eventually('nothing is left running', async () =>
      (await bed.ledger.executions()).every(({ status }) => !['new', 'running'].includes(status)),
    );
    const broken = brokenOf({
      ...workHolds(verdict, 0),
      'each ends on its own version': Number(onOld[0]?.n) === 10,
    });
    return { ...verdict, broken };
  },
};

/** F21: cancelled while new, running, and waiting. */
const cancelEach: Fault = {
  id: 'F21',
  name: 'Cancel while new, running and waiting',
  async run({ open }) {
    const bed = await open({ mode: 'queue', env: { MILLRACE_CONCURRENCY: '2' } });
    const main = await bed.start('main');
    const client = await bed.signIn(main);
    await client.publish(chain('flow', [effect({ delayMs: 60_000 }), effect()]));
    await client.publish(chain('pause', [waitForCall, effect()]));
    await bed.start('worker');
    await fire(`${main.url}/webhook/pause`, 2);
    await eventually('they wait', async () =>
      (await bed.ledger.executions()).every(({ status }) => status === 'waiting'),
    );
    await fire(`${main.url}/webhook/flow`, 4);
    await bed.sink.until(2);
    const startedAt = performance.now();
    for (const { id } of await bed.ledger.executions())
      await client.call('POST', `/executions/${id}/cancel`);
    const tookMs = performance.now() - startedAt;
    const rows = await bed.ledger.executions();
    // The worker's two places are free again when another run gets through.
    await client.publish(chain('after', [effect()]));
    await fire(`${main.url}/webhook/after`, 1);
    await bed.sink.until(3);
    const broken = brokenOf({
      'all are cancelled': rows.every(({ status }) => status === 'canceled'),
      'within 2 s each': tookMs < 2000 * rows.length,
      'no later effect': bed.sink.calls.size === 3,
    });
    return { accepted: 6, broken, note: `${Math.round(tookMs)} ms for all` };
  },
};

/** F23: two mains, one schedule. */
const twoMains: Fault = {
  id: 'F23',
  name: 'Two mains, a schedule each second',
  async run({ open }) {
    const bed = await open({ mode: 'queue' });
    const [main] = await Promise.all([bed.start('main'), bed.start('main')]);
    await bed.start('worker');
    await (await bed.signIn(main)).publish(everySecond('tick', [effect()]));
    await bed.sink.until(10);
    const times = await bed.ledger.query<{ at: string }>(
      `SELECT "createdAt" / 1000 AS "at" FROM "execution" WHERE "mode" = 'trigger'`,
    );
    const isOnce = new Set(times.map(({ at }) => `${at}`)).size === times.length;
    return { accepted: times.length, broken: brokenOf({ 'each second fires once': isOnce }) };
  },
};

export const controlFaults: readonly Fault[] = [resumeTwice, publishDuring, cancelEach, twoMains];
