import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brokenOf, workHolds, type Fault } from './fault.ts';
import { chain, effect } from './flows.ts';
import { eventually, fire } from './instance-client.ts';
import { openPostgresCluster } from './postgres-cluster.ts';
import { openTcpProxy } from './tcp-proxy.ts';
import { openTmpfs } from './tmpfs.ts';
import { judge } from './verdict.ts';

const flow = chain('flow', [effect({ delayMs: 30 }), effect()]);
const CONCURRENCY = 10;

/** F4: Redis is emptied and restarted while work waits. */
const redisEmptied: Fault = {
  id: 'F4',
  name: 'Redis restarted without a disk, twice',
  async run({ open }) {
    const bed = await open({ mode: 'queue' });
    const main = await bed.start('main');
    await bed.start('worker');
    await (await bed.signIn(main)).publish(flow);
    for (const _round of [1, 2]) {
      await fire(`${main.url}/webhook/flow`, 100);
      await bed.redis?.restart();
    }
    const verdict = await judge(bed, 200);
    return { ...verdict, broken: brokenOf(workHolds(verdict, 0)) };
  },
};

const AWAY_SECONDS = 60;

/** F5: triggers come while Redis is away. */
const redisAway: Fault = {
  id: 'F5',
  name: `Redis away for ${AWAY_SECONDS} s`,
  async run({ open }) {
    const bed = await open({ mode: 'queue' });
    const main = await bed.start('main');
    await bed.start('worker');
    await (await bed.signIn(main)).publish(flow);
    await bed.redis?.child.end();
    const backAt = Date.now() + AWAY_SECONDS * 1000;
    const statuses = await fire(`${main.url}/webhook/flow`, 200);
    const readiness = await fetch(`${main.url}/readyz`);
    const names = await readiness.text();
    await eventually('time is up', () => Date.now() >= backAt, AWAY_SECONDS + 5);
    await bed.redis?.restart();
    const verdict = await judge(bed, 200);
    const broken = brokenOf({
      ...workHolds(verdict, 0),
      'triggers are accepted meanwhile': statuses.get(200) === 200,
      'readiness names the queue': readiness.status === 503 && names.includes('queue'),
    });
    return { ...verdict, broken };
  },
};

/** F6: Postgres restarts, politely and not, and cuts connections. */
const postgresRestarts: Fault = {
  id: 'F6',
  name: 'Postgres restart (fast, immediate), pg_terminate_backend',
  async run({ open, after }) {
    const cluster = await openPostgresCluster();
    after(() => cluster.close());
    const bed = await open({ mode: 'queue', postgres: cluster.url });
    const main = await bed.start('main');
    await bed.start('worker');
    await (await bed.signIn(main)).publish(flow);
    const shooting = fire(`${main.url}/webhook/flow`, 400, 4);
    await bed.sink.until(20);
    await cluster.restart('fast');
    await cluster.terminateBackends();
    await cluster.restart('immediate');
    const accepted = (await shooting).get(200) ?? 0;
    await eventually('ready again', async () => (await fetch(`${main.url}/readyz`)).ok);
    const more = (await fire(`${main.url}/webhook/flow`, 20)).get(200) ?? 0;
    const verdict = await judge(bed, accepted + more);
    const rows = (await bed.ledger.executions()).length;
    const broken = brokenOf({
      'no 2xx is lost': verdict.lost === 0 && rows >= accepted + more,
      'clients reconnect': more === 20,
      'outcomes are recorded once': verdict.doubles === 0,
    });
    return { ...verdict, broken, note: `${400 - accepted} calls refused meanwhile` };
  },
};

/** F7: the way to Postgres is held, then cut with answers under way. */
const partition: Fault = {
  id: 'F7',
  name: 'Way to Postgres held past the lease, then cut',
  async run({ open, after }) {
    const bed = await open({ mode: 'queue' });
    const target = new URL(bed.database);
    const proxy = await openTcpProxy(Number(target.port || 5432));
    const through = new URL(bed.database);
    through.port = String(proxy.port);
    after(() => proxy.close());
    const main = await bed.start('main');
    await bed.start('worker', { MILLRACE_DATABASE_URL: through.href });
    await (await bed.signIn(main)).publish(flow);
    const runs = 150;
    await fire(`${main.url}/webhook/flow`, runs);
    await bed.sink.until(30);
    proxy.hold();
    await bed.start('worker');
    await judge(bed, runs);
    proxy.release();
    proxy.cut();
    const verdict = await judge(bed, runs);
    return { ...verdict, broken: brokenOf(workHolds(verdict, CONCURRENCY)) };
  },
};

/** F8: the disk fills up under SQLite and the files. */
const diskFull: Fault = {
  id: 'F8',
  name: 'Disk full (64 MB tmpfs)',
  async run({ open, after }) {
    const disk = await openTmpfs(64);
    after(() => disk.close());
    const env = {
      MILLRACE_HOME: disk.path,
      MILLRACE_DATABASE_URL: `sqlite:${join(disk.path, 'millrace.sqlite')}`,
    };
    const bed = await open({ mode: 'embedded', env });
    const main = await bed.start('main');
    await (await bed.signIn(main)).publish(flow);
    const before = (await fire(`${main.url}/webhook/flow`, 20)).get(200) ?? 0;
    const filler = join(disk.path, 'filler');
    await writeFile(filler, Buffer.alloc(63 * 1024 * 1024)).catch(() => undefined);
    await writeFile(`${filler}2`, Buffer.alloc(1024 * 1024)).catch(() => undefined);
    const full = await fire(`${main.url}/webhook/flow`, 200, 4);
    await rm(filler);
    await rm(`${filler}2`, { force: true });
    const later = (await fire(`${main.url}/webhook/flow`, 20)).get(200) ?? 0;
    const meanwhile = full.get(200) ?? 0;
    const broken = brokenOf({
      'refusals are stated (503)': [...full.keys()].every((s) => s === 200 || s === 503),
      'it was full': meanwhile < 200,
      'it recovers when space is back': later === 20,
    });
    await bed.sink.until(2 * (before + later));
    return { accepted: before + meanwhile + later, refused: 200 - meanwhile, broken };
  },
};

export const storeFaults: readonly Fault[] = [
  redisEmptied,
  redisAway,
  postgresRestarts,
  partition,
  diskFull,
];
