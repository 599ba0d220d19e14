import Sqlite from 'better-sqlite3';
import { brokenOf, workHolds, type Fault } from './fault.ts';
import { chain, effect, waitForCall } from './flows.ts';
import { eventually, fire, resumeAddress } from './instance-client.ts';
import { openOlderBuild } from './older-build.ts';
import type { Instance, Testbed } from './testbed.ts';
import { judge } from './verdict.ts';

const PAUSED = 5;
const RUNNING = 10;
const CONCURRENCY = 10;

/** F22: executions that wait and that run go on under the next build, and under the build before. */
const upgrade: Fault = {
  id: 'F22',
  name: 'Upgrade with runs waiting and running; downgrade; upgrade again',
  async run({ open, after }) {
    const older = await openOlderBuild();
    if (older) after(() => older.close());
    const env = { MILLRACE_SHUTDOWN_SECONDS: '0' };
    const bed = await open({ mode: 'embedded', env });
    const startOlder = () => bed.start('main', {}, older?.instance);

    const before = await startOlder();
    const client = await bed.signIn(before);
    await client.publish(chain('pause', [effect(), waitForCall, effect()]));
    await client.publish(chain('slow', [effect({ delayMs: 1500 }), effect()]));
    await beginWork(bed, before);
    await before.end('SIGTERM');

    const upgraded = await bed.start('main');
    const resumed = await resumeAll(bed, upgraded);
    const afterUpgrade = await judge(bed, PAUSED + RUNNING);
    await beginWork(bed, upgraded);
    await upgraded.end('SIGTERM');
    if (!older) markAsNewer(bed.database);

    const downgraded = await startOlder();
    const resumedBelow = await resumeAll(bed, downgraded);
    const afterDowngrade = await judge(bed, 2 * (PAUSED + RUNNING));
    await downgraded.end('SIGTERM');

    const again = await bed.start('main');
    await fire(`${again.url}/webhook/slow`, RUNNING);
    const verdict = await judge(bed, 2 * (PAUSED + RUNNING) + RUNNING);
    const broken = brokenOf({
      ...workHolds(verdict, 2 * CONCURRENCY),
      [`waiting runs go on after the upgrade (${resumed})`]: resumed === PAUSED,
      'all end after the upgrade': afterUpgrade.finished === PAUSED + RUNNING,
      [`waiting runs go on after the downgrade (${resumedBelow})`]: resumedBelow === PAUSED,
      'all end after the downgrade': afterDowngrade.finished === 2 * (PAUSED + RUNNING),
    });
    return { ...verdict, broken, note: older ? `older build: commit ${older.commit}` : SIMULATED };
  },
};

const SIMULATED =
  'simulated: the history here is too short for an older build; the same build, on a database marked as a newer one';

/** Some executions pause, then others are in the middle of a node. */
async function beginWork(bed: Testbed, { url }: Instance): Promise<void> {
  await fire(`${url}/webhook/pause`, PAUSED);
  await eventually('all pauses are stored', async () => (await pausesOf(bed)).length === PAUSED);
  const before = bed.sink.total;
  await fire(`${url}/webhook/slow`, RUNNING);
  await bed.sink.until(before + RUNNING);
}

/** Calls every waiting execution; gives how many went on. */
async function resumeAll(bed: Testbed, instance: Instance): Promise<number> {
  const client = await bed.signIn(instance);
  let resumed = 0;
  for (const { id } of await pausesOf(bed)) {
    const statuses = await fire(await resumeAddress(instance.url, client, id), 1);
    resumed += statuses.get(200) ?? 0;
  }
  return resumed;
}

const pausesOf = async ({ ledger }: Testbed) =>
  (await ledger.executions()).filter(({ status }) => status === 'waiting');

/** What the next minor leaves behind: a migration this build does not know, and a column more. */
function markAsNewer(database: string): void {
  const file = new Sqlite(database.slice('sqlite:'.length));
  file.exec(
    `INSERT INTO "migration" ("timestamp", "name") VALUES (9000000000000, 'Newer9000000000000')`,
  );
  file.exec('ALTER TABLE "execution" ADD COLUMN "newer" text');
  file.close();
}

export const upgradeFaults: readonly Fault[] = [upgrade];
