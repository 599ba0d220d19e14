import { createApp, createLogger, main, readConfig, webhook, worker } from '@millrace/server';
import { nodesBase } from '@millrace/nodes-base';
import { nodesMarketing } from 'millrace-nodes-marketing';
import { faultNodes } from './fault-nodes.ts';
import { shiftDate } from './shift-date.ts';

/**
 * One process of an instance under test: what `millrace start`, `worker` and `webhook` run, with nodes
 * that misbehave, a place to die at (`FAULT_AT=before-record` or `FAULT_AT=before-record:3`), and a clock
 * that a file moves (`FAULT_CLOCK_FILE`).
 */
const ROLES = { main, worker, webhook };
const clockFile = process.env['FAULT_CLOCK_FILE'];
if (clockFile !== undefined) shiftDate(clockFile);
const role = Object.values(ROLES).find(({ name }) => name === process.argv[2]) ?? main;
const config = readConfig(process.env);
const app = await createApp(config, {
  packages: [nodesBase, nodesMarketing, faultNodes],
  logger: createLogger(config.log),
  role,
  reach: dieAt(process.env['FAULT_AT']),
});
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
const { url } = await app.listen();
process.stdout.write(`${url}\n`);

function dieAt(fault: string | undefined): (point: string) => void {
  if (!fault) return () => undefined;
  const [place, times = '1'] = fault.split(':');
  const left = { count: Number(times) };
  return (point) => {
    if (point === place && --left.count <= 0) process.kill(process.pid, 'SIGKILL');
  };
}
