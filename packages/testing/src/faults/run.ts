import { bulkFaults } from './bulk-faults.ts';
import { clockFaults } from './clock-faults.ts';
import { controlFaults } from './control-faults.ts';
import { crashFaults } from './crash-faults.ts';
import { readFaultArguments } from './fault-arguments.ts';
import type { Fault, FaultResult } from './fault.ts';
import { joinFaults } from './join-faults.ts';
import { loadFaults } from './load-faults.ts';
import { mixedFaults } from './mixed-faults.ts';
import { oauthFaults } from './oauth-faults.ts';
import { promiseFaults } from './promise-faults.ts';
import { seededRandom } from './random.ts';
import { storeFaults } from './store-faults.ts';
import { openTestbed, type Testbed } from './testbed.ts';
import { upgradeFaults } from './upgrade-faults.ts';

const FAULTS = [
  ...crashFaults,
  ...storeFaults,
  ...clockFaults,
  ...loadFaults,
  ...controlFaults,
  ...oauthFaults,
  ...joinFaults,
  ...bulkFaults,
  ...upgradeFaults,
]
  .toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))
  .concat(mixedFaults, promiseFaults);

/** Whoever takes longer hangs: every wait in a row ends by itself before. */
const LONGEST_MINUTES = 10;

/** `npm run faults -- [F1 F4 F+ …] [--seed N]`: each fault against real processes, one line each. */
const ids = FAULTS.map(({ id }) => id);
const asked = readFaultArguments(process.argv.slice(2), ids);
if (!asked) {
  console.error(`Usage: npm run faults -- [${ids.join(' ')}] [--seed WHOLE-NUMBER]`);
  process.exit(2);
}
const { seed, wanted } = asked;
const faults = FAULTS.filter(({ id }) => wanted.has(id));

console.log(`seed ${seed}`);
console.log(line('#', ['accepted', 'finished', 'lost', 'repeated', 'refused'], 'holds', 'fault'));
const failed: string[] = [];
for (const fault of faults) {
  const startedAt = performance.now();
  const { accepted, finished, lost, repeated, refused, note, broken } = await attempt(fault);
  const seconds = `${Math.round((performance.now() - startedAt) / 1000)} s`;
  if (broken.length) failed.push(fault.id);
  const counts = [accepted, finished, lost, repeated, refused].map((count) => `${count ?? ''}`);
  const remarks = [note, seconds].filter((each) => each !== undefined).join('; ');
  const about = [`${fault.name} (${remarks})`, ...broken.map((each) => `NOT: ${each}`)];
  console.log(line(fault.id, counts, broken.length ? 'NO' : 'yes', about.join(' ')));
}
console.log(failed.length ? `Does not hold: ${failed.join(', ')}` : 'Every row that was run holds');
process.exitCode = failed.length ? 1 : 0;

async function attempt(fault: Fault): Promise<FaultResult> {
  const beds: Testbed[] = [];
  const cleanUps: (() => Promise<void>)[] = [];
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`it has not ended after ${LONGEST_MINUTES} minutes`)),
    LONGEST_MINUTES * 60_000,
  );
  const running = fault.run({
    random: seededRandom(seed + FAULTS.indexOf(fault)),
    async open(options) {
      const bed = await openTestbed(options);
      beds.push(bed);
      return bed;
    },
    after: (cleanUp) => cleanUps.push(cleanUp),
  });
  try {
    return await Promise.race([running, late.promise]);
  } catch (error) {
    return { broken: [error instanceof Error ? error.message : String(error)] };
  } finally {
    clearTimeout(timer);
    running.catch(() => undefined);
    for (const bed of beds) await bed.close();
    for (const cleanUp of cleanUps) await cleanUp();
  }
}

function line(id: string, counts: readonly string[], holds: string, about: string): string {
  return `${id.padEnd(4)} ${counts.map((count) => count.padStart(8)).join(' ')}  ${holds.padEnd(7)} ${about}`;
}
