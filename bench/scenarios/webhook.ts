import { createBenchDatabase } from '../bench-database.ts';
import { startEcho } from '../echo-process.ts';
import { requestsPerSecond } from '../load.ts';
import { alternate, type Measurement } from '../measurement.ts';
import { startMillrace } from '../millrace-process.ts';
import { webhookWorkflow } from '../webhook-workflow.ts';

/** W1: webhook → Edit Fields (3 expressions) → If → Edit Fields → answer by the last node, saved, SQLite. */
export const webhook = () =>
  measure({ id: 'W1', connections: [10, 50], mode: 'lastNode', target: '≥ 0.20 at 50' });

/** W2: the same on Postgres. */
export async function webhookOnPostgres(): Promise<Measurement[]> {
  const database = await createBenchDatabase();
  const env = { MILLRACE_DATABASE_URL: database.url };
  const about = { id: 'W2', connections: [10, 50], mode: 'lastNode', target: '≥ 0.20' } as const;
  return measure({ ...about, env }).finally(() => database.drop());
}

/** W4: answered when the execution is stored; it runs behind. */
export const webhookAtOnce = () =>
  measure({ id: 'W4', connections: [50], mode: 'onReceived', target: '≥ 0.35 accepted/s' });

async function measure(about: {
  readonly id: string;
  readonly connections: readonly number[];
  readonly mode: 'lastNode' | 'onReceived';
  readonly target: string;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Measurement[]> {
  const { id, mode, target } = about;
  const millrace = await startMillrace(about.env);
  const echo = await startEcho();
  try {
    await millrace.publish(webhookWorkflow(mode));
    const rows: Measurement[] = [];
    for (const connections of about.connections) {
      const measured = await alternate(
        () => requestsPerSecond(echo.url, { connections }),
        () => requestsPerSecond(`${millrace.base}/webhook/bench`, { connections }),
      );
      rows.push({
        id,
        what: `webhook → Set → If → Set, saved, ${connections} connections`,
        ...measured,
        unit: 'req/s',
        ratio: measured.subject / measured.floor,
        target,
      });
    }
    const subject = millrace.residentMb();
    const what = `resident memory after ${id}`;
    return [...rows, { id: 'M1', what, subject, unit: 'MB', target: '< 300 MB' }];
  } finally {
    echo.close();
    await millrace.close();
  }
}
