import { Queue } from 'bullmq';
import { brokenOf, workHolds, type Fault } from './fault.ts';
import { chain, effect } from './flows.ts';
import { eventually, fire } from './instance-client.ts';
import { childrenOf, residentMb } from './process-memory.ts';
import { judge } from './verdict.ts';

const code = (jsCode: string) => ({
  type: 'n8n-nodes-base.code',
  parameters: { language: 'javaScript', mode: 'runOnceForAllItems', jsCode },
});

/** A code node that misbehaves runs beside others that do not. */
const besideCode = (id: string, name: string, bodies: readonly string[]): Fault => ({
  id,
  name,
  async run({ open }) {
    const bed = await open({ mode: 'embedded' });
    const main = await bed.start('main');
    const client = await bed.signIn(main);
    await client.publish(chain('flow', [code('return $input.all();'), effect()]));
    for (const [index, body] of bodies.entries()) {
      await client.publish(
        chain(`bad${index}`, [code(body)], { settings: { executionTimeout: 5 } }),
      );
      await fire(`${main.url}/webhook/bad${index}`, 2);
    }
    await fire(`${main.url}/webhook/flow`, 20);
    const bad = bodies.length * 2;
    const verdict = await judge(bed, 20 + bad);
    const broken = brokenOf({
      'only those attempts fail': verdict.finished === 20,
      'all end': verdict.lost === 0,
      'the process goes on': (await fetch(`${main.url}/readyz`)).ok,
    });
    return { ...verdict, broken, note: `${bad} bad runs` };
  },
});

const memory = besideCode('F10', 'Memory end in a code node', [
  'const all = []; for (;;) all.push(new Array(1e6).fill(1));',
  "return [{ json: { n: 'x'.repeat(2 ** 27).split('').length } }];",
]);

const spin = besideCode('F11', 'CPU spin in a code node, native built-in', [
  'for (;;);',
  'return [{ json: { n: (3n ** 4000000n).toString().length } }];',
]);

/** F12: a node blocks its worker's event loop for longer than the lease. */
const blocked: Fault = {
  id: 'F12',
  name: 'Event loop blocked for two leases',
  async run({ open }) {
    const bed = await open({ mode: 'queue' });
    const main = await bed.start('main');
    await Promise.all([bed.start('worker'), bed.start('worker')]);
    const client = await bed.signIn(main);
    await client.publish(chain('flow', [effect({ delayMs: 50 }), effect()]));
    await client.publish(chain('block', [{ type: 'faults.spin', parameters: { ms: 6500 } }]));
    await fire(`${main.url}/webhook/flow`, 40);
    await fire(`${main.url}/webhook/block`, 1);
    const verdict = await judge(bed, 41);
    const broken = brokenOf({
      'all end': verdict.lost === 0,
      'the others end well': verdict.finished >= 40,
      'outcomes are recorded once': verdict.doubles === 0,
    });
    return { ...verdict, broken, note: 'the one that blocks may be parked' };
  },
};

/** F14: the queue hands out the same execution again and again. */
const duplicates: Fault = {
  id: 'F14',
  name: 'Duplicate delivery: each job put five times',
  async run({ open }) {
    const bed = await open({ mode: 'queue' });
    const main = await bed.start('main');
    await (await bed.signIn(main)).publish(chain('flow', [effect({ delayMs: 20 })]));
    await fire(`${main.url}/webhook/flow`, 40);
    const connection = { url: bed.redis?.url ?? '' };
    const queue = new Queue('executions', { connection, prefix: 'millrace' });
    const rows = await bed.ledger.executions();
    for (const copy of [1, 2, 3, 4])
      await queue.addBulk(
        rows.map(({ id }) => ({
          name: 'execution',
          data: { id, fence: 0, urgency: 'normal' },
          opts: { jobId: `${id}.copy${copy}` },
        })),
      );
    await Promise.all([bed.start('worker'), bed.start('worker')]);
    const verdict = await judge(bed, 40);
    await queue.close();
    return { ...verdict, broken: brokenOf(workHolds(verdict, 0)) };
  },
};

const BURST = 10_000;
const RSS_LIMIT_MB = 400;

/** F15: far more triggers than one worker can do. */
const burst: Fault = {
  id: 'F15',
  name: `Burst of ${BURST} triggers, one worker, queue limit ${BURST / 2}`,
  async run({ open }) {
    const bed = await open({ mode: 'queue', env: { MILLRACE_QUEUE_LIMIT: `${BURST / 2}` } });
    const main = await bed.start('main');
    await (await bed.signIn(main)).publish(chain('flow', [effect()]));
    const statuses = await fire(`${main.url}/webhook/flow`, BURST, 50);
    const accepted = statuses.get(200) ?? 0;
    const refused = statuses.get(429) ?? 0;
    const mainMb = residentMb(main.pid);
    await bed.start('worker');
    const verdict = await judge(bed, accepted, 240);
    const broken = brokenOf({
      ...workHolds(verdict, 0),
      'each is accepted or told to wait': accepted + refused === BURST,
      [`main stays below ${RSS_LIMIT_MB} MB`]: mainMb < RSS_LIMIT_MB,
    });
    return { ...verdict, refused, broken, note: `main ${Math.round(mainMb)} MB` };
  },
};

/** F24: the child that runs user code is killed. */
const sandboxKilled: Fault = {
  id: 'F24',
  name: 'Sandbox child killed',
  async run({ open }) {
    const bed = await open({ mode: 'embedded' });
    const main = await bed.start('main');
    const slow = 'const until = Date.now() + 300; while (Date.now() < until); return $input.all();';
    const retries = { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 } };
    await (
      await bed.signIn(main)
    ).publish(chain('flow', [{ ...code(slow), ...retries }, effect()]));
    await fire(`${main.url}/webhook/flow`, 10);
    await eventually('a child runs', () => childrenOf(main.pid).length > 0, 20);
    for (const pid of childrenOf(main.pid)) process.kill(pid, 'SIGKILL');
    const verdict = await judge(bed, 10);
    return { ...verdict, broken: brokenOf(workHolds(verdict, 0)), note: 'nodes retry' };
  },
};

export const loadFaults: readonly Fault[] = [
  memory,
  spin,
  blocked,
  duplicates,
  burst,
  sandboxKilled,
];
