import { priorOf, subjectOf } from '../../outreach-plan/chances.ts';
import { settleThreads } from '../../outreach-plan/settle-threads.ts';
import { backlinks, domains, prospects } from '../../tables/links.ts';
import { outreachThreads, type OutreachThread } from '../../tables/outreach.ts';
import { plans, type PlanRow } from '../../tables/programmes.ts';
import { recordLessons, type Lesson } from '../learnings.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { METRIC } from './store-prospects.ts';

const DAY_MS = 86_400_000;
/** An answer that brought no link in this time brings none. */
const WAIT_FOR_LINK_DAYS = 30;
/** Silence after the last mail is an answer too. */
const WAIT_FOR_REPLY_DAYS = 14;
const AT_ONCE = 500;

/** What came of writing to somebody. Bounces teach nothing about who answers. */
type Result = 'silence' | 'reply' | 'link' | 'bounce';

const OUTCOME: Readonly<Record<Result, number | null>> = {
  silence: 0,
  reply: 0.5,
  link: 1,
  bounce: null,
};

/** Reads what the threads brought: who answered, who set a link; and learns the rates of each kind. */
export async function learn(context: ProgrammeContext): Promise<Figures> {
  const { tables, now } = context;
  await settleThreads(tables);
  const results = await measure(context);
  const measured = await tables.open(plans).find({
    where: { programme: 'links', outcome: { isNull: false }, learnedAt: null },
    limit: 10_000,
  });
  const learned = await recordLessons(
    tables,
    { programme: 'links', metric: METRIC, now: now(), prior: priorOf },
    measured.flatMap(lessonsOf),
  );
  return {
    outcomes: measured.length,
    replies: results.filter((result) => result === 'reply' || result === 'link').length,
    linksWon: results.filter((result) => result === 'link').length,
    learnings: learned.length,
  };
}

/** One lesson about answers, and for those who answered one about links. */
function lessonsOf({ id, kind, outcome }: PlanRow): Lesson[] {
  const subject = (step: 'reply' | 'link') => subjectOf(step, kind);
  const isReplied = (outcome ?? 0) > 0;
  const reply = { planId: id, subject: subject('reply'), value: isReplied ? 1 : 0 };
  const link = { planId: id, subject: subject('link'), value: outcome === 1 ? 1 : 0 };
  return isReplied ? [reply, link] : [reply];
}

async function measure(context: ProgrammeContext): Promise<Result[]> {
  const { tables, signal, now } = context;
  const results: Result[] = [];
  for await (const page of tables.open(plans).pages({
    where: { programme: 'links', status: 'executing' },
    size: AT_ONCE,
  })) {
    signal.throwIfAborted();
    const threads = await threadsOf(context, page);
    const linking = await linkingSince(context, page);
    for (const plan of page) {
      const thread = threads.get(plan.subject);
      const linkedAt = linking.get(String(plan.details?.['domain'] ?? ''));
      const isLinked = linkedAt !== undefined && linkedAt >= plan.createdAt;
      const result = thread && resultOf(thread, isLinked && plan.kind !== 'journalist', now());
      if (!thread || !result) continue;
      results.push(result);
      await close(context, { plan, thread, result });
    }
  }
  return results;
}

/** `undefined` while it is too early to say. */
function resultOf(
  { state, updatedAt, step, dueAt }: OutreachThread,
  isLinked: boolean,
  now: number,
): Result | undefined {
  if (state === 'won' || isLinked) return 'link';
  if (state === 'bounced') return 'bounce';
  if (state === 'unsubscribed' || state === 'ended') return 'silence';
  const since = now - updatedAt;
  if (state === 'replied') return since >= WAIT_FOR_LINK_DAYS * DAY_MS ? 'reply' : undefined;
  const isOver = state === 'waiting' && step > 0 && dueAt === null;
  return isOver && since >= WAIT_FOR_REPLY_DAYS * DAY_MS ? 'silence' : undefined;
}

async function close(
  { tables }: ProgrammeContext,
  {
    plan,
    thread,
    result,
  }: { readonly plan: PlanRow; readonly thread: OutreachThread; readonly result: Result },
): Promise<void> {
  const isWon = result === 'link';
  await tables.transaction(async (inside) => {
    await inside
      .open(plans)
      .update(
        { id: plan.id },
        { outcome: OUTCOME[result], status: result === 'bounce' ? 'failed' : 'done' },
      );
    await inside.open(prospects).update({ id: plan.subject }, { status: isWon ? 'won' : 'lost' });
    if (isWon)
      await inside.open(outreachThreads).update({ id: thread.id }, { state: 'won', dueAt: null });
  });
}

async function threadsOf(
  { tables }: ProgrammeContext,
  page: readonly PlanRow[],
): Promise<ReadonlyMap<string, OutreachThread>> {
  const rows = await tables
    .open(outreachThreads)
    .find({ where: { prospectId: { in: page.map(({ subject }) => subject) } } });
  return new Map(rows.map((row) => [row.prospectId ?? '', row]));
}

/** For each domain the plans are about: when its latest living link to us was first seen. */
async function linkingSince(
  { tables }: ProgrammeContext,
  page: readonly PlanRow[],
): Promise<ReadonlyMap<string, number>> {
  const own = await tables.open(domains).find({ where: { isOwn: true }, columns: ['name'] });
  const rows = await tables.open(backlinks).groupBy({
    by: ['fromDomain'],
    figures: { latest: { max: 'firstSeen' } },
    where: {
      toDomain: { in: own.map(({ name }) => name) },
      fromDomain: { in: page.map(({ details }) => String(details?.['domain'] ?? '')) },
      lostAt: null,
    },
  });
  return new Map(rows.map(({ fromDomain, latest }) => [fromDomain, latest ?? 0]));
}
