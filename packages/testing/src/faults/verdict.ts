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
  const ended = async () =>
    (await ledger.executions()).filter(({ status }) => ENDED.has(status)).length;
  await eventually(
    'everything accepted has ended',
    async () => (await ended()) >= accepted,
    seconds,
  )
    // Counted below: what did not end is lost.
    .catch(() => undefined);
  const rows = await ledger.executions();
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
