import type { Tables } from '@millrace/workflow/node-api';
import { suppress } from '../outreach-unsubscribe/suppress.ts';
import { outreachMessages, outreachThreads, type OutreachThread } from '../tables/outreach.ts';
import type { Delivery } from './mailers/mailer.ts';

const DAY_MS = 86_400_000;
const RETRY_MS = 3_600_000;
const MOST_ATTEMPTS = 5;
/** Silence for so long after the last mail is an answer. */
const SILENCE_MS = 14 * DAY_MS;

interface SettledMail {
  readonly thread: OutreachThread;
  readonly messageId: string;
  readonly attempts: number;
  readonly now: number;
}

/** Writes down what became of a mail, and when its thread goes on. */
export function settle(tables: Tables, mail: SettledMail, delivery: Delivery): Promise<void> {
  return tables.transaction(async (inside) => {
    const { thread, messageId, now } = mail;
    const message = (values: Partial<{ state: 'sent' | 'unknown' | 'failed'; error: string }>) =>
      inside.open(outreachMessages).update({ messageId }, values);
    const goOn = (values: Partial<OutreachThread>) =>
      inside.open(outreachThreads).update({ id: thread.id }, values);

    switch (delivery.kind) {
      case 'sent': {
        const { remoteId = null } = delivery;
        await inside
          .open(outreachMessages)
          .update({ messageId }, { state: 'sent', error: null, remoteId });
        await advance(inside, thread, now);
        return;
      }
      case 'unknown':
        await message({ state: 'unknown', error: delivery.reason });
        await goOn({ state: 'paused', outcome: `Unknown whether it was sent: ${delivery.reason}` });
        return;
      case 'refused':
        await message({ state: 'failed', error: delivery.reason });
        if (delivery.because === 'contact') await suppress(inside, thread.email, 'bounced');
        else if (delivery.because === 'mail' || mail.attempts >= MOST_ATTEMPTS)
          await goOn({ state: 'paused', outcome: delivery.reason });
        else if (delivery.because === 'now') await goOn({ dueAt: now + RETRY_MS });
        return;
      default:
        delivery satisfies never;
    }
  });
}

/** The thread after one more of its mails went out. An answer that was quicker is left as it is. */
export async function advance(tables: Tables, thread: OutreachThread, now: number): Promise<void> {
  const threads = tables.open(outreachThreads);
  const step = thread.step + 1;
  const [first] = await tables.open(outreachMessages).find({
    where: { threadId: thread.id, direction: 'out', step: 0 },
    columns: ['at'],
  });
  const next = followUpsOf(thread)[step - 1];
  const dueAt = next
    ? Math.max((first?.at ?? now) + next.afterDays * DAY_MS, now + DAY_MS)
    : now + SILENCE_MS;
  await threads.update({ id: thread.id, step: thread.step }, { step });
  await threads.update(
    { id: thread.id, step, state: { in: ['queued', 'waiting', 'paused'] } },
    { state: 'waiting', dueAt, outcome: null },
  );
}

/** What may still follow the first mail, in order. */
export const followUpsOf = ({ followUps, maxFollowUps }: OutreachThread) =>
  (followUps ?? []).toSorted((a, b) => a.afterDays - b.afterDays).slice(0, maxFollowUps);
