import { wordDraft } from '../../outreach-plan/word-draft.ts';
import { domains, journalistQueries, prospects, type ProspectRow } from '../../tables/links.ts';
import { outreachThreads, suppressions } from '../../tables/outreach.ts';
import { plans, type PlanRow } from '../../tables/programmes.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { topicOf, campaignOf } from '../../outreach-plan/topic.ts';

/**
 * Opens a thread with its first mail and follow-ups for each plan of this run. Sending is the Outreach
 * Sender's: it takes the threads when they are due, within its windows and limits.
 */
export async function execute(context: ProgrammeContext, runId: string): Promise<Figures> {
  const { tables, signal } = context;
  const own = await tables.open(domains).findOne({ isOwn: true });
  const open = await tables.open(plans).find({
    where: { programme: 'links', runId, status: 'planned' },
    orderBy: { priority: 'desc', id: 'asc' },
  });
  const found = await prospectsOf(context, open);
  let byModel = 0;
  for (const plan of open) {
    signal.throwIfAborted();
    const prospect = found.get(plan.subject);
    if (prospect === undefined || own === undefined || (await isTaken(context, prospect))) {
      await leave(context, plan, prospect);
      continue;
    }
    byModel += (await openThread(context, plan, { prospect, ownDomain: own.name })) ? 1 : 0;
  }
  return { ...(await countOf(context, runId)), mailsByModel: byModel };
}

/** What stands after the phase, also when it was begun before and cut off. */
async function countOf({ tables }: ProgrammeContext, runId: string): Promise<Figures> {
  const done = await tables.open(plans).find({
    where: { programme: 'links', runId, status: 'executing' },
    columns: ['subject'],
  });
  const threads = await tables.open(outreachThreads).find({
    where: { prospectId: { in: done.map(({ subject }) => subject) } },
    columns: ['campaign'],
  });
  const campaigns = new Set(threads.map(({ campaign }) => campaign));
  return { outreachThreads: threads.length, outreachCampaigns: campaigns.size };
}

async function prospectsOf(
  { tables }: ProgrammeContext,
  open: readonly PlanRow[],
): Promise<ReadonlyMap<string, ProspectRow>> {
  const rows = await tables
    .open(prospects)
    .find({ where: { id: { in: open.map(({ subject }) => subject) } } });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Somebody who asked to be left alone, or is being written to, is not written to. */
async function isTaken(
  { tables }: ProgrammeContext,
  { contactEmail: email }: ProspectRow,
): Promise<boolean> {
  const [suppressed, busy] = await Promise.all([
    tables.open(suppressions).count({ email }),
    tables.open(outreachThreads).count({ email, state: { in: ['queued', 'waiting', 'paused'] } }),
  ]);
  return suppressed + busy > 0;
}

async function leave(
  { tables }: ProgrammeContext,
  plan: PlanRow,
  prospect: ProspectRow | undefined,
): Promise<void> {
  await tables.transaction(async (inside) => {
    await inside.open(plans).update({ id: plan.id }, { status: 'skipped' });
    if (prospect) await inside.open(prospects).update({ id: prospect.id }, { status: 'skipped' });
  });
}

/** Thread, plan and prospect move together. True when the model worded the mail. */
async function openThread(
  context: ProgrammeContext,
  plan: PlanRow,
  { prospect, ownDomain }: { readonly prospect: ProspectRow; readonly ownDomain: string },
): Promise<boolean> {
  const { tables, now } = context;
  const { kind, domain, url, contactName, contactEmail, deadline } = prospect;
  const targetUrl = prospect.targetUrl ?? `https://${ownDomain}/`;
  const topic = topicOf(targetUrl);
  const reason = prospect.reasons?.[0] ?? '';
  const { subject, body, followUps, madeBy } = await wordDraft(context, {
    kind,
    contactName,
    domain,
    url,
    targetUrl,
    topic,
    ownDomain,
    reason,
    deadline,
  });
  await tables.transaction(async (inside) => {
    await inside.open(outreachThreads).insertMany(
      [
        {
          campaign: campaignOf(kind, topic, now()),
          prospectId: prospect.id,
          email: contactEmail,
          name: contactName,
          subject,
          body,
          variables: { domain, url: url ?? '', targetUrl, topic, ownDomain },
          followUps,
          maxFollowUps: followUps.length,
          dueAt: now(),
          deadlineAt: deadline,
        },
      ],
      { onConflict: 'skip' },
    );
    await inside.open(plans).update({ id: plan.id }, { status: 'executing' });
    await inside.open(prospects).update({ id: prospect.id }, { status: 'contacted' });
    if (kind === 'journalist')
      await inside
        .open(journalistQueries)
        .update({ email: contactEmail, status: 'new' }, { status: 'answered' });
  });
  return madeBy === 'model';
}
