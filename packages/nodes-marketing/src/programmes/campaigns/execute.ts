import { channelCurves } from '../../budget-optimizer/channel-curves.ts';
import { campaigns, type CampaignRow } from '../../tables/campaigns.ts';
import { plans, programmeRuns } from '../../tables/programmes.ts';
import { acquire, markExecuting } from '../leases.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { daysOf } from './campaign-days.ts';
import { campaignSettings, type CampaignSettings } from './campaign-settings.ts';
import { judgeCampaign } from './judge-campaign.ts';

/** Starts what was approved, watches what runs, moves budgets, ends what is over. */
export async function execute(context: ProgrammeContext, runId: string): Promise<Figures> {
  const settings = await campaignSettings(context.tables);
  const approvedBySetting = settings.autoApprove ? await approveFeasible(context) : 0;
  const started = await startApproved(context);
  return { approvedBySetting, started, ...(await watch(context, runId, settings)) };
}

/** The setting's yes goes to designs that have a fair chance of the wanted return. */
async function approveFeasible({ tables, now }: ProgrammeContext): Promise<number> {
  const feasible = await tables.open(plans).find({
    where: { programme: 'campaigns', kind: 'campaign', status: 'planned' },
    columns: ['subject', 'details'],
  });
  const ids = feasible
    .filter(({ details }) => details?.['isFeasible'] === true)
    .map(({ subject }) => subject);
  if (ids.length === 0) return 0;
  return tables
    .open(campaigns)
    .update(
      { id: { in: ids }, status: 'designed', approvedAt: null },
      { approvedAt: now(), approvedBy: 'setting' },
    );
}

/** Approved campaigns whose day has come. One approved late runs as long as it was planned to. */
async function startApproved({ tables, now }: ProgrammeContext): Promise<number> {
  const due = await tables.open(campaigns).find({
    where: {
      status: 'designed',
      approvedAt: { isNull: false },
      or: [{ startsAt: null }, { startsAt: { lte: now() } }],
    },
  });
  for (const { id, startsAt, endsAt, approvedAt } of due) {
    const start = Math.max(startsAt ?? now(), approvedAt ?? now());
    const late = start - (startsAt ?? start);
    await tables.transaction(async (inside) => {
      await inside
        .open(campaigns)
        .update(
          { id, status: 'designed' },
          { status: 'running', startsAt: start, endsAt: endsAt === null ? null : endsAt + late },
        );
      await inside
        .open(plans)
        .update({ programme: 'campaigns', subject: id }, { status: 'executing' });
    });
  }
  return due.length;
}

async function watch(
  context: ProgrammeContext,
  runId: string,
  settings: CampaignSettings,
): Promise<Figures> {
  const { tables, signal, now } = context;
  const running = await tables.open(campaigns).find({ where: { status: 'running' } });
  const ours = await claimBudgets(context, runId, running);
  const [days, all] = await Promise.all([
    daysOf(tables, { ids: running.map(({ id }) => id) }),
    daysOf(tables, { now: now() }),
  ]);
  const curves = channelCurves([...all.values()].flat());
  const figures = { watched: 0, finished: 0, paused: 0, budgetsMoved: 0, anomalies: 0 };
  for (const campaign of running) {
    signal.throwIfAborted();
    if (!ours.has(campaign.id)) continue;
    const own = days.get(campaign.id) ?? [];
    const change = judgeCampaign(campaign, { days: own, curves, settings, now: now() });
    await tables.open(campaigns).update({ id: campaign.id, status: 'running' }, change);
    figures.watched += 1;
    figures.finished += change.status === 'finished' ? 1 : 0;
    figures.paused += change.status === 'paused' ? 1 : 0;
    figures.budgetsMoved += change.dailyBudgets ? 1 : 0;
    figures.anomalies += change.alerts?.length ?? 0;
  }
  return { ...figures, leftToOthers: running.length - figures.watched };
}

/** Ids of the campaigns whose budget is ours to move. */
async function claimBudgets(
  { tables, now }: ProgrammeContext,
  runId: string,
  running: readonly CampaignRow[],
): Promise<ReadonlySet<string>> {
  const run = await tables.open(programmeRuns).findOne({ id: runId });
  const held = await acquire(
    tables,
    running.map(({ id }) => ({
      resource: `budget:${id}`,
      holder: runId,
      programme: 'campaigns' as const,
      priority: run?.priority ?? 0,
    })),
    now(),
  );
  const ours = new Set<string>();
  for (const each of held)
    if (await markExecuting(tables, each)) ours.add(each.resource.slice('budget:'.length));
  return ours;
}
