import { brokenOf, workHolds, type Fault } from './fault.ts';
import { chain, effect } from './flows.ts';
import { eventually, fire } from './instance-client.ts';
import { judge } from './verdict.ts';

export const WORKER_EDGES = [
  'before-claim',
  'after-claim',
  'before-attempt',
  'before-record',
  'after-record',
  'before-end',
  'after-end',
];
const MAIN_EDGES = ['before-store', 'after-store', 'after-offer'];
const CONCURRENCY = 10;

/** F1: workers die one after the other, each at another edge of the journal. */
const workerEdges: Fault = {
  id: 'F1',
  name: 'kill -9 worker at each journal edge',
  async run({ open, random }) {
    const bed = await open({ mode: 'queue' });
    const main = await bed.start('main');
    await (await bed.signIn(main)).publish(chain('flow', [effect({ delayMs: 20 }), effect()]));
    const runs = 120;
    await fire(`${main.url}/webhook/flow`, runs);
    for (const edge of WORKER_EDGES) {
      const times = 1 + Math.floor(random() * 5);
      await bed.startDoomed('worker', { FAULT_AT: `${edge}:${times}` });
    }
    await bed.start('worker');
    const verdict = await judge(bed, runs);
    const broken = brokenOf(workHolds(verdict, WORKER_EDGES.length * CONCURRENCY));
    return { ...verdict, broken, note: `${WORKER_EDGES.length} edges` };
  },
};

/** F2: the main dies before storing, after storing, and after it said that there is work. */
const mainEdges: Fault = {
  id: 'F2',
  name: 'kill -9 main at each edge of accepting, and in publish',
  async run({ open, random }) {
    const bed = await open({ mode: 'queue' });
    const first = await bed.start('main');
    await (await bed.signIn(first)).publish(chain('flow', [effect()]));
    await first.end('SIGTERM');
    let accepted = 0;
    let sent = 0;
    for (const edge of MAIN_EDGES) {
      const main = await bed.start('main', {
        FAULT_AT: `${edge}:${5 + Math.floor(random() * 10)}`,
      });
      const statuses = await fire(`${main.url}/webhook/flow`, 40, 4);
      await main.gone;
      accepted += statuses.get(200) ?? 0;
      sent += 40;
    }
    const dying = await bed.start('main');
    const client = await bed.signIn(dying);
    const publishing = client.publish(chain('half', [effect()])).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, random() * 30));
    await dying.end('SIGKILL');
    await publishing;

    await Promise.all([bed.start('main'), bed.start('worker')]);
    const verdict = await judge(bed, accepted);
    const rows = (await bed.ledger.executions()).length;
    const [half] = await bed.ledger.query<{ routes: number; published: number }>(
      `SELECT (SELECT count(*) FROM "webhook_route" WHERE "path" = 'half') AS "routes",
       (SELECT count(*) FROM "workflow" WHERE "name" = 'half' AND "publishedVersionId" IS NOT NULL) AS "published"`,
    );
    const broken = brokenOf({
      'each 2xx has a run': rows >= accepted && verdict.lost === 0,
      'no run without a call': rows <= sent,
      'published wholly or not at all': Number(half?.routes) === Number(half?.published),
    });
    return { ...verdict, accepted, finished: verdict.finished, broken, note: `${sent} calls sent` };
  },
};

/** F3: a worker sleeps past its lease and wakes up as a zombie. */
const zombie: Fault = {
  id: 'F3',
  name: 'SIGSTOP a worker past its lease, then SIGCONT',
  async run({ open }) {
    const bed = await open({ mode: 'queue' });
    const main = await bed.start('main');
    const sleeper = await bed.start('worker');
    await (await bed.signIn(main)).publish(chain('flow', [effect({ delayMs: 300 }), effect()]));
    const runs = 40;
    await fire(`${main.url}/webhook/flow`, runs);
    await bed.sink.until(5);
    sleeper.signal('SIGSTOP');
    await bed.start('worker');
    await judge(bed, runs);
    sleeper.signal('SIGCONT');
    const refusals = () => sleeper.log.filter((line) => line.includes('no longer held')).length;
    await eventually('the zombie was refused', () => refusals() > 0, 20).catch(() => undefined);
    const verdict = await judge(bed, runs);
    const refused = refusals();
    const broken = brokenOf({
      ...workHolds(verdict, CONCURRENCY),
      'the zombie was refused': refused > 0,
    });
    return { ...verdict, refused, broken };
  },
};

/** F13: a node that takes down whoever runs it. */
const poison: Fault = {
  id: 'F13',
  name: 'Poison: crashes its worker each time',
  async run({ open }) {
    const bed = await open({ mode: 'queue' });
    const main = await bed.start('main');
    const client = await bed.signIn(main);
    await client.publish(chain('flow', [effect({ delayMs: 50 })]));
    await client.publish(chain('poison', [effect({ delayMs: 100 }), { type: 'faults.abort' }]));
    await fire(`${main.url}/webhook/poison`, 1);
    await fire(`${main.url}/webhook/flow`, 40);
    const parked = async () =>
      (await bed.ledger.executions()).some(({ error }) => error?.includes('ENGINE_CRASH_LOOP'));
    let crashes = 0;
    while (crashes < 12 && !(await parked())) {
      const isDown = await Promise.race([
        bed.startDoomed('worker', {}).then(() => true),
        eventually('it was parked', parked, 30).then(
          () => false,
          () => false,
        ),
      ]);
      if (isDown) crashes++;
    }
    await bed.start('worker');
    const verdict = await judge(bed, 41);
    const broken = brokenOf({
      'it was parked with the reason': await parked(),
      'the others ended well': verdict.finished === 40,
      'outcomes are recorded once': verdict.doubles === 0,
    });
    return { ...verdict, broken, note: `${crashes} workers down` };
  },
};

export const crashFaults: readonly Fault[] = [workerEdges, mainEdges, zombie, poison];
