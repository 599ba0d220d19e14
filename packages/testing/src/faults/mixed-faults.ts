import { setTimeout as sleep } from 'node:timers/promises';
import { brokenOf, type Fault, type FaultContext } from './fault.ts';
import { eventually, post, resumeAddress, signIn, type InstanceClient } from './instance-client.ts';
import { MIXED, publishMixed } from './mixed-workload.ts';
import { residentMb } from './process-memory.ts';
import { openScene, STRIKES, type Scene } from './strikes.ts';
import type { Testbed } from './testbed.ts';
import { judge } from './verdict.ts';

const CALLS = 200;
/** More than so many effects are not waited for before the next call. */
const AHEAD = 60;
const CONCURRENCY = 10;
const RSS_LIMIT_MB = 400;
const PATHS = Object.keys(MIXED);

/** F+: all kinds of workflows at once, and two faults chosen by the seed. */
const twoAtRandom: Fault = {
  id: 'F+',
  name: `${CALLS} mixed flows, two faults at random`,
  async run({ open, random }) {
    const bed = await open({ mode: 'queue', env: { MILLRACE_EGRESS_ALLOW: '127.0.0.1' } });
    const scene = await openScene(bed);
    const client = await signIn(scene.base);
    await publishMixed(client, bed.sink.url);
    const tended = tend(scene, client);
    const striking = strikeTwice(scene, random);
    const accepted = await callAll(scene);
    const struck = await striking;
    const runs = (await topRuns(bed)).length;
    const verdict = await judge(bed, runs, 180);
    const wentBack = await tended.stop();

    const begun = new Set(bed.sink.effects.map(({ call }) => call));
    const memory = Math.max(...scene.all().map(({ pid }) => residentMb(pid)));
    const broken = brokenOf({
      'each accepted call has a run':
        accepted.every((n) => begun.has(n)) && runs >= accepted.length,
      'no run without a call': runs <= CALLS,
      [`all end well, sub-flows too${await failuresOf(bed)}`]: (await failuresOf(bed)) === '',
      'outcomes are recorded once': verdict.doubles === 0,
      'every effect happened, under one key': bed.sink.calls.size === (await effectsDue(bed)),
      [`at most ${2 * CONCURRENCY} effects repeated`]: verdict.repeated <= 2 * CONCURRENCY,
      'an effect happens at most once more per fault': verdict.mostRepeats <= 2,
      [`no state goes back${wentBack}`]: wentBack === '',
      [`each process stays below ${RSS_LIMIT_MB} MB`]: memory < RSS_LIMIT_MB,
    });
    return { ...verdict, accepted: accepted.length, broken, note: struck.join(', then ') };
  },
};

/** Two different faults, each when the sink has heard of so many effects. */
async function strikeTwice(scene: Scene, random: FaultContext['random']): Promise<string[]> {
  const left = Object.keys(STRIKES);
  const struck: string[] = [];
  let moment = 0;
  for (const _time of [1, 2]) {
    const [name = ''] = left.splice(Math.floor(random() * left.length), 1);
    moment += 50 + Math.floor(random() * 200);
    await scene.bed.sink.until(moment);
    await STRIKES[name]?.(scene);
    struck.push(`${name} after ${moment} effects`);
  }
  return struck;
}

/** Calls the workflows in turn, no faster than they are done; gives the calls that were accepted. */
async function callAll({ bed, base }: Scene): Promise<number[]> {
  const accepted: number[] = [];
  for (let n = 0; n < CALLS; n++) {
    const path = PATHS[n % PATHS.length] ?? '';
    const status = await post(`${base}/webhook/${path}`, { n });
    if (status === 200) accepted.push(n);
    else await eventually('ready again', () => isReady(base));
    await bed.sink.until(2 * accepted.length - AHEAD);
  }
  return accepted;
}

const isReady = (base: string) =>
  fetch(`${base}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Ends every pause, as its receiver would, and watches that no execution goes back. */
function tend({ bed, base }: Scene, client: InstanceClient) {
  const over = new Map<string, string>();
  const state = { isOver: false, wentBack: '' };

  async function look(): Promise<void> {
    for (const { id, status } of await bed.ledger.executions()) {
      const before = over.get(id);
      if (before !== undefined && before !== status)
        state.wentBack += `: ${id} was ${before} and is ${status}`;
      if (ENDED.has(status)) over.set(id, status);
      if (status !== 'waiting') continue;
      // Refused or unanswered, it waits still, and is called again.
      const address = await resumeAddress(base, client, id).catch(() => undefined);
      if (address !== undefined) await post(address, {});
    }
  }

  async function loop(): Promise<void> {
    while (!state.isOver) {
      await look();
      await sleep(100);
    }
  }

  const looping = loop();
  return {
    async stop(): Promise<string> {
      state.isOver = true;
      await looping;
      return state.wentBack;
    },
  };
}

const ENDED = new Set(['success', 'error', 'canceled']);

/** Executions that a call began, each with the path of its workflow. */
async function topRuns({ ledger }: Testbed): Promise<readonly { path: string }[]> {
  return ledger.query(
    `SELECT w."name" AS "path" FROM "execution" e JOIN "workflow" w ON w."id" = e."workflowId"
     WHERE e."mode" = 'webhook'`,
  );
}

/** Why executions did not end well, each reason once. */
async function failuresOf({ ledger }: Testbed): Promise<string> {
  const bad = (await ledger.executions()).filter(({ status }) => status !== 'success');
  return [...new Set(bad.map(({ status, error }) => `: ${status} ${error ?? ''}`))].join('');
}

async function effectsDue(bed: Testbed): Promise<number> {
  const due: Readonly<Record<string, number>> = MIXED;
  return (await topRuns(bed)).reduce((sum, { path }) => sum + (due[path] ?? 0), 0);
}

export const mixedFaults: readonly Fault[] = [twoAtRandom];
