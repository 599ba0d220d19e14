import type { NewRow } from '@millrace/workflow/node-api';
import { scoreOpportunity, type Action } from '../../stats/opportunity.ts';
import { clusters, keywords, type KeywordRow } from '../../tables/keywords.ts';
import { plans, programmeRuns, type LearningRow } from '../../tables/programmes.ts';
import { readLearnings } from '../learnings.ts';
import { acquire } from '../leases.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { ownAuthority } from './analyse.ts';
import { toKeyword } from './keyword-rows.ts';
import { contentRequirements, stepsFor } from './requirements.ts';

const PLANS = 100;
/** Looked at beyond those: learnings may bring one of them to the top. */
const CANDIDATES = 500;
export const METRIC = 'gain';

/**
 * Plans for the hundred keywords worth most: score times what plans of that kind have brought so far,
 * compared with what was expected of them.
 */
export async function plan(context: ProgrammeContext, runId: string): Promise<Figures> {
  const { tables, now } = context;
  const run = await tables.open(programmeRuns).findOne({ id: runId });
  const authority = await ownAuthority(tables);
  const learned = await readLearnings(tables, 'seo', METRIC);
  const rows = await tables.open(keywords).find({
    where: { status: { in: ['new', 'planned'] }, score: { gt: 0 } },
    orderBy: { score: 'desc', id: 'asc' },
    limit: CANDIDATES,
  });
  const best = rows
    .map((row) => judge(row, authority, learned))
    .toSorted((a, b) => b.priority - a.priority)
    .slice(0, PLANS);
  const held = await acquire(
    tables,
    best.map(({ row }) => ({
      resource: `keyword:${row.id}`,
      holder: runId,
      programme: 'seo' as const,
      priority: run?.priority ?? 0,
    })),
    now(),
  );
  const ours = new Set(held.map(({ resource }) => resource));
  const chosen = best.filter(({ row }) => ours.has(`keyword:${row.id}`));
  const related = await relatedTexts(context, chosen);
  await tables.open(plans).upsertMany(
    chosen.map((each) => planRow(each, runId, related.get(each.row.clusterId ?? '') ?? [])),
    { by: ['programme', 'kind', 'subject'] },
  );
  return { plans: chosen.length, plansLeftToOthers: best.length - chosen.length };
}

interface Judged {
  readonly row: KeywordRow;
  readonly action: Action;
  readonly expectedValue: number;
  readonly targetPosition: number;
  readonly priority: number;
  readonly learning: LearningRow | undefined;
}

function judge(
  row: KeywordRow,
  authority: number,
  learned: ReadonlyMap<string, LearningRow>,
): Judged {
  const opportunity = scoreOpportunity(toKeyword(row), {
    authority,
    valuePerClick: 1,
    useCpc: true,
  });
  const learning = learned.get(`action:${opportunity.action}`);
  const score = row.score ?? opportunity.score;
  return { row, ...opportunity, priority: score * Math.max(0, learning?.mean ?? 1), learning };
}

function planRow(
  { row, action, expectedValue, targetPosition, priority, learning }: Judged,
  runId: string,
  related: readonly string[],
): NewRow<typeof plans> {
  return {
    runId,
    programme: 'seo',
    kind: action,
    subject: row.id,
    title: `${TITLES[action]} “${row.text}”`,
    priority,
    steps: stepsFor(action),
    details: {
      keyword: row.text,
      position: row.position,
      targetPosition,
      expectedValue,
      isQuickWin: row.isQuickWin,
      requirements: contentRequirements(row, related),
      learned: learning
        ? `Such plans brought ${learning.mean.toFixed(2)} of what was expected (${learning.count} seen)`
        : null,
    },
    learningIds: learning ? [learning.id] : [],
    status: 'planned',
  };
}

const TITLES: Readonly<Record<Action, string>> = {
  update: 'Improve the page for',
  newPage: 'Write a page for',
  linkCampaign: 'Win links for',
};

/** Other searches of the same clusters, the greatest first: they become headings. */
async function relatedTexts(
  { tables }: ProgrammeContext,
  chosen: readonly Judged[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = [...new Set(chosen.flatMap(({ row }) => row.clusterId ?? []))];
  const known = await tables.open(clusters).count({ id: { in: ids } });
  if (known === 0) return new Map();
  const rows = await tables.open(keywords).find({
    where: { clusterId: { in: ids } },
    columns: ['clusterId', 'text'],
    orderBy: { volume: 'desc' },
    limit: 50 * PLANS,
  });
  const groups = Map.groupBy(rows, ({ clusterId }) => clusterId ?? '');
  return new Map([...groups].map(([id, own]) => [id, own.slice(0, 8).map(({ text }) => text)]));
}
