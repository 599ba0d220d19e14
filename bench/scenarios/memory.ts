import { setTimeout as delay } from 'node:timers/promises';
import { measureLoad } from '../load.ts';
import type { Measurement } from '../measurement.ts';
import { startMillrace } from '../millrace-process.ts';
import { webhookWorkflow } from '../webhook-workflow.ts';

const IDLE_SECONDS = 30;
const LOAD_SECONDS = 60;
const MORE_EXECUTIONS = 20_000;
const CONNECTIONS = 50;

/** M1: what the server holds when idle, after a minute of W1, and what 20,000 executions more add. */
export async function memory(): Promise<Measurement[]> {
  const millrace = await startMillrace();
  const url = `${millrace.base}/webhook/bench`;
  try {
    await millrace.publish(webhookWorkflow('lastNode'));
    await delay(IDLE_SECONDS * 1000);
    const idle = millrace.residentMb();
    const { answered } = await measureLoad(url, {
      connections: CONNECTIONS,
      seconds: LOAD_SECONDS,
    });
    const loaded = millrace.residentMb();
    await measureLoad(url, { connections: CONNECTIONS, amount: MORE_EXECUTIONS });
    const rise = millrace.residentMb() - loaded;
    const about = { id: 'M1', unit: 'MB' };
    return [
      { ...about, what: `resident, ${IDLE_SECONDS} s idle`, subject: idle, target: '< 150 MB' },
      {
        ...about,
        what: `resident after W1 for ${LOAD_SECONDS} s (${answered} executions)`,
        subject: loaded,
        target: '< 300 MB',
      },
      {
        ...about,
        what: `what ${MORE_EXECUTIONS} executions more add`,
        subject: rise,
        target: 'flat',
      },
    ];
  } finally {
    await millrace.close();
  }
}
