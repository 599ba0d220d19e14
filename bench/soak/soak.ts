import { buildWhatIsStale } from '../../scripts/build.ts';
import { openQueueInstance } from '../queue-instance.ts';
import { readSoakOptions } from './options.ts';
import { runSoak, SOAK_ENV } from './run-soak.ts';
import { reportSoak } from './soak-report.ts';

/** `npm run soak [-- --minutes 15] [--rate N]`: half load on the product in queue mode, watched for what grows. */
const options = readSoakOptions(process.argv.slice(2));
const interrupted = new AbortController();
// Twice: at once, leaving what was started.
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());

await buildWhatIsStale(['cli']);
const instance = await openQueueInstance(SOAK_ENV);
try {
  const run = await runSoak(instance, { ...options, signal: interrupted.signal });
  interrupted.signal.throwIfAborted();
  process.exitCode = reportSoak(run) ? 0 : 1;
} catch (error) {
  if (!interrupted.signal.aborted) throw error;
  console.log('Interrupted: not judged');
  process.exitCode = 1;
} finally {
  await instance.close();
}
