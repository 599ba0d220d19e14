import { controlFaults } from './control-faults.ts';
import { crashFaults } from './crash-faults.ts';
import type { Fault, FaultResult } from './fault.ts';
import { loadFaults } from './load-faults.ts';
import { seededRandom } from './random.ts';
import { storeFaults } from './store-faults.ts';
import { openTestbed, type Testbed } from './testbed.ts';
import { UNRUN } from './unrun-faults.ts';

/** `npm run faults [F1 F4 …] [--seed N]`: each fault against real processes, one line each. */
const args = process.argv.slice(2);
const seedAt = args.indexOf('--seed');
const seed = seedAt >= 0 ? Number(args[seedAt + 1]) : Math.floor(Math.random() * 1_000_000);
const wanted = new Set(args.filter((arg) => /^F\d+$/i.test(arg)).map((arg) => arg.toUpperCase()));
const number = ({ id }: Fault) => Number(id.slice(1));
const faults = [...crashFaults, ...storeFaults, ...loadFaults, ...controlFaults, ...UNRUN]
  .filter(({ id }) => wanted.size === 0 || wanted.has(id))
  .toSorted((a, b) => number(a) - number(b));

console.log(`seed ${seed}`);
console.log(line('#', ['accepted', 'finished', 'lost', 'repeated', 'refused'], 'holds', 'fault'));
const failed: string[] = [];
for (const fault of faults) {
  const result = 'notRun' in fault ? undefined : await attempt(fault);
  if (!result) {
    const reason = 'notRun' in fault ? `${fault.name}: ${fault.notRun}` : '';
    console.log(line(fault.id, ['', '', '', '', ''], 'not run', reason));
    continue;
  }
  if (result.broken.length) failed.push(fault.id);
  const { accepted, finished, lost, repeated, refused, note } = result;
  const counts = [accepted, finished, lost, repeated, refused].map((count) => `${count ?? ''}`);
  const about = [fault.name, note && `(${note})`, ...result.broken.map((each) => `NOT: ${each}`)];
  console.log(
    line(fault.id, counts, result.broken.length ? 'NO' : 'yes', about.filter(Boolean).join(' ')),
  );
}
console.log(failed.length ? `Does not hold: ${failed.join(', ')}` : 'Every row that was run holds');
process.exitCode = failed.length ? 1 : 0;

async function attempt(fault: Extract<Fault, { run: unknown }>): Promise<FaultResult> {
  const beds: Testbed[] = [];
  const cleanUps: (() => Promise<void>)[] = [];
  try {
    return await fault.run({
      random: seededRandom(seed + number(fault)),
      async open(options) {
        const bed = await openTestbed(options);
        beds.push(bed);
        return bed;
      },
      after: (cleanUp) => cleanUps.push(cleanUp),
    });
  } catch (error) {
    return { broken: [error instanceof Error ? error.message : String(error)] };
  } finally {
    for (const bed of beds) await bed.close();
    for (const cleanUp of cleanUps) await cleanUp();
  }
}

function line(id: string, counts: readonly string[], holds: string, about: string): string {
  return `${id.padEnd(4)} ${counts.map((count) => count.padStart(8)).join(' ')}  ${holds.padEnd(7)} ${about}`;
}
