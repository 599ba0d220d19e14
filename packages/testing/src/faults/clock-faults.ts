import { brokenOf, workHolds, type Fault, type FaultContext } from './fault.ts';
import { chain, cron, effect, everySecond, inARow } from './flows.ts';
import { eventually, fire } from './instance-client.ts';
import { openMovableClock, type MovableClock } from './movable-clock.ts';
import type { Mode, Testbed } from './testbed.ts';
import { judge } from './verdict.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const POLICIES = { skip: 'skip', once: 'coalesce', all: 'all' };
const SLOW_RUNS = 5;

/** F9: the wall clock of every process jumps, and Berlin changes to summer time and back. */
const clockJumps: Fault = {
  id: 'F9',
  name: 'Clock jumps ±1 h; summer time begins and ends',
  async run(context) {
    const clock = await openMovableClock();
    context.after(() => clock.close());
    const jumps = await jump(context, clock);
    const changes = { ...(await spring(context, clock)), ...(await autumn(context, clock)) };
    const broken = [...jumps.broken, ...brokenOf(changes)];
    return { ...jumps, broken, note: `clock: ${clock.kind}` };
  },
};

/** An hour ahead, an hour back, and on to the next time, with runs under way that outlast a lease. */
async function jump(context: FaultContext, clock: MovableClock) {
  const start = Date.UTC(2026, 2, 10, 10, 5);
  const { bed, base, client, fired, looked } = await openAt(context, {
    clock,
    at: start,
    mode: 'queue',
  });
  await Promise.all([bed.start('worker'), bed.start('worker')]);
  const policies: Record<string, string> = {};
  for (const [name, policy] of Object.entries(POLICIES))
    policies[name] = await client.publish(inARow(name, [cron('*/10 * * * *', policy), effect()]));
  const counts = async () => {
    const all = Object.entries(policies).map(async ([name, id]) => `${name} ${await fired(id)}`);
    return (await Promise.all(all)).join(', ');
  };
  await client.publish(chain('slow', [effect({ delayMs: 10_000 })]));
  await fire(`${base}/webhook/slow`, SLOW_RUNS);
  await bed.sink.until(SLOW_RUNS);

  await clock.set(start + HOUR + 30 * SECOND);
  await looked();
  const ahead = await counts();
  await clock.set(start + MINUTE);
  await looked();
  const back = await counts();
  await clock.set(start + HOUR + 5 * MINUTE - 2 * SECOND);
  const next = 'skip 1, once 2, all 7';
  await eventually('the next time has fired', async () => (await counts()) === next).catch(
    // Said below, with what is there.
    () => undefined,
  );
  const last = await counts();
  const triggered = await bed.ledger.query<{ fence: number }>(
    `SELECT "fence" FROM "execution" WHERE "mode" = 'webhook'`,
  );
  const all = (await bed.ledger.executions()).length;
  const verdict = await judge(bed, all);
  const broken = brokenOf({
    ...workHolds(verdict, 0),
    [`an hour ahead: skip 0, once 1, all 6 (${ahead})`]: ahead === 'skip 0, once 1, all 6',
    [`an hour back: nothing again (${back})`]: back === ahead,
    [`then the next: ${next} (${last})`]: last === next,
    'leases do not care': triggered.every(({ fence }) => Number(fence) === 1),
  });
  return { ...verdict, broken };
}

/** 29 March 2026, 01:00 UTC: 02:00 becomes 03:00, 02:30 does not exist. */
async function spring(context: FaultContext, clock: MovableClock) {
  const change = Date.UTC(2026, 2, 29, 1);
  const seen = await walk(context, clock, {
    from: change - 30 * MINUTE,
    to: [change, change + 30 * MINUTE, change + HOUR, change + DAY - 30 * MINUTE],
  });
  return {
    [`summer time: 02:30 fires once after the gap, then the next day (${seen.daily})`]:
      seen.daily === '1 1 1 2',
    [`summer time: each hour once (${seen.hourly})`]: seen.hourly.startsWith('1 1 2 '),
  };
}

/** 25 October 2026, 01:00 UTC: 03:00 becomes 02:00, 02:30 comes twice. */
async function autumn(context: FaultContext, clock: MovableClock) {
  const change = Date.UTC(2026, 9, 25, 1);
  const seen = await walk(context, clock, {
    from: change - 45 * MINUTE,
    to: [
      change - 30 * MINUTE,
      change,
      change + 30 * MINUTE,
      change + HOUR,
      change + DAY + 30 * MINUTE,
    ],
  });
  return {
    [`winter time: 02:30 fires the first time only, then the next day (${seen.daily})`]:
      seen.daily === '1 1 1 1 2',
    [`winter time: each hour once (${seen.hourly})`]: seen.hourly.startsWith('0 1 1 2 '),
  };
}

/** Lets the clock come to each of these moments from two seconds before, and counts what has fired then. */
async function walk(
  context: FaultContext,
  clock: MovableClock,
  { from, to }: { from: number; to: readonly number[] },
): Promise<{ daily: string; hourly: string }> {
  const { client, fired, looked } = await openAt(context, { clock, at: from, mode: 'embedded' });
  const settings = { timezone: 'Europe/Berlin' };
  const daily = await client.publish(inARow('daily', [cron('30 2 * * *'), effect()], settings));
  const hourly = await client.publish(inARow('hourly', [cron('0 * * * *'), effect()], settings));
  const seen: { daily: number; hourly: number }[] = [];
  for (const moment of to) {
    await clock.set(moment - 2 * SECOND);
    await looked(moment);
    seen.push({ daily: await fired(daily), hourly: await fired(hourly) });
  }
  return {
    daily: seen.map((each) => each.daily).join(' '),
    hourly: seen.map((each) => each.hourly).join(' '),
  };
}

/** An instance on a clock that is set, and ways to see what its schedules did. */
async function openAt(
  { open }: FaultContext,
  { clock, at, mode }: { clock: MovableClock; at: number; mode: Mode },
) {
  await clock.set(at);
  const bed = await open({ mode, env: clock.env });
  const main = await bed.start('main');
  const client = await bed.signIn(main);
  const firedOf = (id: string) => times(bed, id).then((all) => all.length);
  const state = { witnesses: 0 };
  return {
    bed,
    base: main.url,
    client,
    fired: firedOf,
    /**
     * Resolves when all schedules were looked at since now, and since `moment`: a schedule made now has
     * fired, and again.
     */
    async looked(moment = 0): Promise<void> {
      const id = await client.publish(everySecond(`witness ${state.witnesses++}`, [effect()]));
      await eventually('a schedule of each second has fired', async () => {
        const seen = (await times(bed, id)).filter((time) => time > moment);
        return seen.length >= 2;
      });
      await client.call('POST', `/workflows/${id}/unpublish`);
    },
  };
}

/** When a workflow was fired, by the clock of its instance. */
async function times({ ledger }: Testbed, workflowId: string): Promise<number[]> {
  const rows = await ledger.query<{ at: string | number }>(
    `SELECT "createdAt" AS "at" FROM "execution"
     WHERE "mode" = 'trigger' AND "workflowId" = '${workflowId}'`,
  );
  return rows.map(({ at }) => Number(at));
}

export const clockFaults: readonly Fault[] = [clockJumps];
