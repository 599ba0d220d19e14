import { openBullFloor } from '../bull-floor.ts';
import type { BuiltProcess } from '../built-process.ts';
import { measureLoad, requestsPerSecond } from '../load.ts';
import { alternate, type Measurement } from '../measurement.ts';
import { openQueueInstance } from '../queue-instance.ts';
import { webhookWorkflow } from '../webhook-workflow.ts';

const CONNECTIONS = 50;

/** W3: W1 in queue mode: webhook process → Redis → worker → answer, with one and with two workers. */
export async function queue(): Promise<Measurement[]> {
  const one = await measure(1);
  const two = await measure(2);
  const ratio = two.perSecond / one.perSecond;
  const speedUp: Measurement = {
    id: 'W3',
    what: 'two workers against one',
    floor: one.perSecond,
    subject: two.perSecond,
    unit: 'req/s',
    ratio,
    target: '≥ 1.6 on ≥ 4 cores',
  };
  return [...one.rows, ...two.rows, speedUp];
}

async function measure(count: number): Promise<{ perSecond: number; rows: Measurement[] }> {
  const instance = await openQueueInstance({ MILLRACE_CONCURRENCY: String(CONNECTIONS) });
  try {
    const door = await instance.start('webhook');
    const workers: BuiltProcess[] = [];
    for (let at = 0; at < count; at++) workers.push(await instance.start('worker'));
    await instance.owner.publish(webhookWorkflow('lastNode'));
    const url = `${door.base}/webhook/bench`;
    const floor = await openBullFloor(instance.redis.url, {
      workers: count,
      concurrency: CONNECTIONS,
    });
    try {
      const measured = await alternate(floor.perSecond, () =>
        requestsPerSecond(url, { connections: CONNECTIONS }),
      );
      const about = `${count} worker${count > 1 ? 's' : ''}`;
      const row: Measurement = {
        id: 'W3',
        what: `W1 in queue mode, ${about}, ${CONNECTIONS} connections`,
        ...measured,
        unit: 'req/s',
        ratio: measured.subject / measured.floor,
        target: '≥ 0.4',
      };
      const rows = [row, ...(await processorTime(url, { about, processes: [door, ...workers] }))];
      return { perSecond: measured.subject, rows };
    } finally {
      await floor.close();
    }
  } finally {
    await instance.close();
  }
}

/** Hardly depends on what else the machine does. */
async function processorTime(
  url: string,
  { about, processes }: { about: string; processes: readonly BuiltProcess[] },
): Promise<Measurement[]> {
  const before = processes.map((process) => process.cpuMs());
  const { answered } = await measureLoad(url, { connections: CONNECTIONS });
  const spent = processes.map((process, at) => process.cpuMs() - (before[at] ?? 0));
  return (['webhook', 'worker'] as const).map((command) => {
    const ms = spent.filter((_, at) => processes[at]?.command === command);
    return {
      id: 'W3',
      what: `processor time of ${command} per execution, ${about}`,
      subject: (ms.reduce((sum, each) => sum + each, 0) * 1000) / answered,
      unit: 'µs',
      target: '',
    };
  });
}
