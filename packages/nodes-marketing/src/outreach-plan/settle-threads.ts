import type { Tables } from '@millrace/workflow/node-api';
import { prospects } from '../tables/links.ts';
import {
  outreachMessages,
  outreachThreads,
  suppressions,
  type OutreachThread,
} from '../tables/outreach.ts';

type End = 'replied' | 'bounced' | 'unsubscribed';

const PAGE = 1000;
/** What an incoming mail ends a thread with; automatic answers end nothing. */
const ENDS = { reply: 'replied', bounce: 'bounced', unsubscribe: 'unsubscribed' } as const;
const STRENGTH: readonly End[] = ['replied', 'bounced', 'unsubscribed'];

/**
 * Stops the follow-ups of everybody who answered, cannot be reached or asked to be left alone, and
 * says so at their prospects. May be done again at any time.
 *
 * @returns How many threads were stopped.
 */
export async function settleThreads(tables: Tables): Promise<number> {
  let stopped = 0;
  for await (const page of tables.open(outreachThreads).pages({
    where: { state: { in: ['queued', 'waiting'] } },
    size: PAGE,
  })) {
    const ends = await endsOf(tables, page);
    for (const [thread, end] of ends) await stop(tables, thread, end);
    stopped += ends.size;
  }
  return stopped;
}

async function endsOf(
  tables: Tables,
  threads: readonly OutreachThread[],
): Promise<ReadonlyMap<OutreachThread, End>> {
  const [messages, suppressed] = await Promise.all([
    tables.open(outreachMessages).find({
      where: { threadId: { in: threads.map(({ id }) => id) }, direction: 'in' },
      columns: ['threadId', 'kind'],
    }),
    tables.open(suppressions).find({
      where: { email: { in: threads.map(({ email }) => email) } },
      columns: ['email', 'reason'],
    }),
  ]);
  const ends = new Map<string, Set<End>>();
  for (const { threadId, kind } of messages)
    if (kind === 'reply' || kind === 'bounce' || kind === 'unsubscribe')
      ends.set(threadId, (ends.get(threadId) ?? new Set()).add(ENDS[kind]));
  const suppressedBy = new Map(suppressed.map(({ email, reason }) => [email, reason]));
  return new Map(
    threads.flatMap((thread) => {
      const reason = suppressedBy.get(thread.email);
      const own = new Set(ends.get(thread.id));
      if (reason) own.add(reason === 'bounced' ? 'bounced' : 'unsubscribed');
      const end = STRENGTH.findLast((each) => own.has(each));
      return end ? [[thread, end] as const] : [];
    }),
  );
}

async function stop(tables: Tables, { id, prospectId }: OutreachThread, end: End): Promise<void> {
  await tables.transaction(async (inside) => {
    await inside.open(outreachThreads).update({ id }, { state: end, dueAt: null });
    if (prospectId !== null)
      await inside
        .open(prospects)
        .update({ id: prospectId }, { status: end === 'replied' ? 'replied' : 'lost' });
  });
}
