import { queryDatabase } from '../bench-database.ts';
import { eventually } from '../../packages/testing/src/faults/instance-client.ts';
import type { Measurement } from '../measurement.ts';
import { openQueueInstance } from '../queue-instance.ts';
import { webhookWorkflow } from '../webhook-workflow.ts';

const TRIGGERS = 10_000;
const AT_ONCE = 200;
/** Low, so that some have to be told to wait. */
const QUEUE_LIMIT = 2000;
const DRAIN_SECONDS = 300;

/** Q1: a burst of triggers for one worker: each is accepted or told to wait, and none is lost. */
export async function burst(): Promise<Measurement[]> {
  const instance = await openQueueInstance({ MILLRACE_QUEUE_LIMIT: String(QUEUE_LIMIT) });
  try {
    const { main, owner, databaseUrl } = instance;
    await instance.start('worker');
    await owner.publish(webhookWorkflow('onReceived'));
    const startMb = main.residentMb();
    main.forgetPeak();
    const { accepted, toldToWait } = await fireAll(`${main.base}/webhook/bench`);
    const ended = async () => Number(await queryDatabase(databaseUrl, ENDED));
    await eventually(
      'all accepted executions have ended',
      async () => (await ended()) >= accepted,
      DRAIN_SECONDS,
    );
    const about = { id: 'Q1', unit: '' };
    return [
      {
        ...about,
        what: `${TRIGGERS} triggers at once, one worker: ${accepted} accepted, the rest told to wait`,
        subject: accepted + toldToWait,
        target: `${TRIGGERS}`,
      },
      {
        ...about,
        what: 'accepted and not ended well',
        subject: accepted - (await ended()),
        target: '0',
      },
      {
        id: 'Q1',
        what: `memory of the main process, at most (${Math.round(startMb)} MB before)`,
        subject: main.peakMb(),
        unit: 'MB',
        target: 'bounded',
      },
    ];
  } finally {
    await instance.close();
  }
}

const ENDED = `SELECT count(*) FROM "execution" WHERE "status" = 'success'`;

async function fireAll(url: string): Promise<{ accepted: number; toldToWait: number }> {
  const counts = { accepted: 0, toldToWait: 0 };
  const shots = Array.from({ length: TRIGGERS }).keys();
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ n: 7, name: 'Ada' }),
  };
  async function lane(): Promise<void> {
    for (const _shot of shots) {
      const reply = await fetch(url, init);
      await reply.arrayBuffer();
      if (reply.ok) counts.accepted++;
      else if (reply.status === 429 && Number(reply.headers.get('retry-after')) > 0)
        counts.toldToWait++;
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return counts;
}
