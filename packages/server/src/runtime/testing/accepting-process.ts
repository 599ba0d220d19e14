import { openDatabase } from '../../db/index.ts';
import { drawing, openTestRuntime, storeWorkflow } from './fake-runtime.ts';

/** A process to be killed: accepts executions without end and prints the id of each that was answered. */
const [, , path = ''] = process.argv;
const db = await openDatabase({ kind: 'sqlite', path });
const ids = await storeWorkflow(db, drawing('hook', 'effect'));
const { runtime } = await openTestRuntime(db);

async function acceptForEver(): Promise<never> {
  for (;;) {
    const start = { node: 'hook0', outputs: [[{ json: { a: 1 } }]] };
    const { id } = await runtime.executions.accept({ ...ids, mode: 'webhook', start });
    process.stdout.write(`${id}\n`);
  }
}
await Promise.all(Array.from({ length: 20 }, acceptForEver));
