import { brokenOf, workHolds, type Fault } from './fault.ts';
import { chain, effect } from './flows.ts';
import { fire } from './instance-client.ts';
import type { Mode, RoleName, Testbed } from './testbed.ts';
import { judge } from './verdict.ts';

const RUNS = 200;
const NODES = 2;
const CONCURRENCY = 10;

/** The promise in one row: what was accepted ends, and only what was under way happens again. */
const promiseKept = (
  id: string,
  { mode, roles }: { mode: Mode; roles: readonly RoleName[] },
): Fault => ({
  id,
  name: `${RUNS} slow runs accepted, kill -9 of all in the middle (${mode})`,
  async run({ open }) {
    const bed = await open({ mode, env: { MILLRACE_CONCURRENCY: String(CONCURRENCY) } });
    const all = await Promise.all(roles.map((role) => bed.start(role)));
    const [main] = all;
    if (!main) throw new Error('No process was started');
    await (await bed.signIn(main)).publish(chain('slow', [effect({ delayMs: 100 }), effect()]));
    const accepted = (await fire(`${main.url}/webhook/slow`, RUNS)).get(200) ?? 0;
    await bed.sink.until(RUNS / 2);
    await Promise.all(all.map((each) => each.end('SIGKILL')));
    const recorded = await outcomes(bed);
    const underWay = bed.sink.effects.filter((each) => !recorded.has(nameOf(each))).length;

    await Promise.all(roles.map((role) => bed.start(role)));
    const verdict = await judge(bed, RUNS);
    const again = bed.sink.effects.filter(({ key }) => (bed.sink.calls.get(key) ?? 0) > 1);
    const broken = brokenOf({
      ...workHolds(verdict, CONCURRENCY * roles.length),
      'all are accepted': accepted === RUNS,
      'only attempts in flight are repeated': again.every((each) => !recorded.has(nameOf(each))),
      'nothing is repeated more than once': verdict.mostRepeats <= 1,
      'a repetition carries the same key': bed.sink.calls.size === RUNS * NODES,
    });
    return { ...verdict, broken, note: `${underWay} attempts in flight at the kill` };
  },
});

/** Runs whose outcome stands in the journal. */
async function outcomes({ ledger }: Testbed): Promise<Set<string>> {
  const rows = await ledger.query<{ executionId: string; node: string }>(
    `SELECT "executionId", "node" FROM "execution_run" WHERE "status" = 'success'`,
  );
  return new Set(rows.map(nameOf));
}

const nameOf = ({ executionId, node }: { executionId: string; node: string }) =>
  `${executionId} ${node}`;

export const promiseFaults: readonly Fault[] = [
  promiseKept('P1', { mode: 'embedded', roles: ['main'] }),
  promiseKept('P2', { mode: 'queue', roles: ['main', 'worker', 'worker'] }),
];
