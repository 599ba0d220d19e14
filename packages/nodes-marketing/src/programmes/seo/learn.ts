import { ctrAt, PRIOR_CTR } from '../../stats/ctr-curve.ts';
import { keywords } from '../../tables/keywords.ts';
import { plans, type PlanRow } from '../../tables/programmes.ts';
import { recordLessons } from '../learnings.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { METRIC } from './plan.ts';

const DAY_MS = 86_400_000;
/** Ranks need weeks to answer a change. */
const WAIT_DAYS = 28;
const MOST = 3;

/** Measures plans old enough to judge: clicks won over clicks expected, 0–3, 1 as expected. */
export async function learn({ tables, now }: ProgrammeContext): Promise<Figures> {
  await measure({ tables, now });
  const measured = await tables.open(plans).find({
    where: { programme: 'seo', outcome: { isNull: false }, learnedAt: null },
    limit: 10_000,
  });
  const learned = await recordLessons(
    tables,
    { programme: 'seo', metric: METRIC, now: now() },
    measured.map(({ id, kind, outcome }) => ({
      planId: id,
      subject: `action:${kind}`,
      value: outcome ?? 1,
    })),
  );
  return { outcomes: measured.length, learnings: learned.length };
}

async function measure({ tables, now }: Pick<ProgrammeContext, 'tables' | 'now'>): Promise<void> {
  const due = await tables.open(plans).find({
    where: {
      programme: 'seo',
      status: 'executing',
      outcome: null,
      // A plan may have waited for its turn: it was last changed when work on it began.
      updatedAt: { lte: now() - WAIT_DAYS * DAY_MS },
    },
    limit: 10_000,
  });
  if (due.length === 0) return;
  const rows = await tables.open(keywords).find({
    where: { id: { in: due.map(({ subject }) => subject) } },
    columns: ['id', 'position'],
  });
  const positions = new Map(rows.map(({ id, position }) => [id, position]));
  for (const each of due) {
    const outcome = gainOf(each, positions.get(each.subject) ?? null);
    if (outcome !== undefined)
      await tables.open(plans).update({ id: each.id }, { outcome, status: 'done' });
  }
}

/** Share of the expected rise in clicks that came; `undefined` when the plan does not say what was expected. */
function gainOf({ details }: PlanRow, position: number | null): number | undefined {
  const { position: start, targetPosition } = details ?? {};
  if (typeof targetPosition !== 'number') return undefined;
  const before = typeof start === 'number' ? ctrAt(PRIOR_CTR, start) : 0;
  const wanted = ctrAt(PRIOR_CTR, targetPosition) - before;
  const reached = (position === null ? 0 : ctrAt(PRIOR_CTR, position)) - before;
  return wanted <= 0 ? undefined : Math.min(MOST, Math.max(0, reached / wanted));
}
