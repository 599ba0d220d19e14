import { content } from '../../tables/content.ts';
import { keywords } from '../../tables/keywords.ts';
import { plans, type PlanRow } from '../../tables/programmes.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { writeBrief } from './brief.ts';

const BRIEFS = 20;

/** Writes a brief for the best plans of this run; publishing is for people, or for a workflow of theirs. */
export async function execute(context: ProgrammeContext, runId: string): Promise<Figures> {
  const { tables, signal } = context;
  const open = await tables.open(plans).find({
    where: { programme: 'seo', runId, status: 'planned' },
    orderBy: { priority: 'desc' },
    limit: BRIEFS,
  });
  let byModel = 0;
  for (const plan of open) {
    signal.throwIfAborted();
    const brief = await writeBrief(context, plan);
    byModel += brief.madeBy === 'model' ? 1 : 0;
    await store(context, plan, brief);
  }
  return { briefs: open.length, briefsByModel: byModel };
}

/** Brief, plan and keyword move together: a run that is cut off writes no brief twice. */
async function store(
  { tables }: ProgrammeContext,
  plan: PlanRow,
  brief: Awaited<ReturnType<typeof writeBrief>>,
): Promise<void> {
  await tables.transaction(async (inside) => {
    await inside
      .open(content)
      .insert({ kind: 'brief', keywordId: plan.subject, priority: plan.priority, ...brief });
    await inside.open(plans).update({ id: plan.id }, { status: 'executing' });
    await inside.open(keywords).update({ id: plan.subject }, { status: 'inProgress' });
  });
}
