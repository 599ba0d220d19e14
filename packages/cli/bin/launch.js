/**
 * Starts Millrace on the right Node. Plain JavaScript, because an older Node may be the one reading it:
 * `npm ci` brings Node 24 into node_modules, and this hands over to it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const WANTED_MAJOR = 24;
/** Megabytes of young objects. Node takes four times as much on large machines, for no more speed here. */
const MEMORY = '--max-semi-space-size=16';
/** Old objects may double between two full collections. Node lets them grow fourfold. */
const GROWTH = '--heap-growing-percent=100';
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const major = Number(process.versions.node.split('.')[0]);

if (major < WANTED_MAJOR) {
  const brought = ['../../../node_modules/.bin/node', '../../.bin/node'].map(here).find(existsSync);
  if (!brought) {
    console.error(
      `Millrace needs Node ${WANTED_MAJOR}, and this is Node ${process.versions.node}. ` +
        `Run "npm ci" (it brings Node ${WANTED_MAJOR} on Linux and Windows), or install it from https://nodejs.org`,
    );
    process.exit(1);
  }
  const { status, signal } = spawnSync(
    brought,
    [MEMORY, here('./millrace.js'), ...process.argv.slice(2)],
    {
      stdio: 'inherit',
    },
  );
  process.exit(signal ? 1 : (status ?? 1));
}

const workspaceBuild = here('../../../scripts/build.ts');
if (existsSync(workspaceBuild)) {
  const { buildWhatIsStale } = await import(workspaceBuild);
  await buildWhatIsStale(process.argv[2] === 'start' ? ['cli', 'editor'] : ['cli']);
}
setFlagsFromString(GROWTH);
await import('../dist/millrace.js');
