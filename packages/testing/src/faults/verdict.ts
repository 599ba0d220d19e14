import { eventually } from './instance-client.ts';
import type { Testbed } from './testbed.ts';

/** What a fault did to the work, counted from outside. */
export interface Verdict {
  readonly accepted: number;
  readonly finished: number;
  /** Accepted, and not there or not ended. */
  readonly lost: number;
  /** Effects that happened more than once, and how often the worst did. */
  readonly repeated: number;
  readonly mostRepeats: number;
  /** Outcomes recorded twice. */
  readonly doubles: number;
}

/** Waits until everything that was accepted has ended, then counts. */
export async function judge(
  { ledger, sink }: Testbed,
  accepted: number,
  seconds = 90,
): Promise<Verdict> {
  // What a call of a workflow by another began is not counted: nobody was told that it is accepted.
  const runs = async () => (await ledger.executions()).filter(({ mode }) => mode !== 'integrated');
  const ended = async () => (await runs()).filter(({ status }) => ENDED.has(status)).length;
  await eventually(
    'everything accepted has ended',
    async () => (await ended()) >= accepted,
    seconds,
  )
    // Counted below: what did not end is lost.
    .catch(() => undefined);
  const rows = await runs();
  const finished = rows.filter(({ status }) => status === 'success').length;
  const counts = [...sink.calls.values()];
  return {
    accepted,
    finished,
    lost: Math.max(0, accepted - (await ended())),
    repeated: counts.filter((count) => count > 1).length,
    mostRepeats: Math.max(0, ...counts.map((count) => count - 1)),
    doubles: await ledger.doubles(),
  };
}

const ENDED = new Set(['success', 'error', 'canceled']);
