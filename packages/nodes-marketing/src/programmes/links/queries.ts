import { loadProfile } from '../../business-profile/load-profile.ts';
import type { JudgedQuery } from '../../outreach-plan/find-prospects.ts';
import { journalistQueries } from '../../tables/links.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';

/** Questions at least this near to our subject are answered. */
const RELEVANT = 0.5;
const MOST = 1000;

/** Marks questions whose deadline is over, judges the new ones, and gives those worth an answer. */
export async function openQueries({ tables, now }: ProgrammeContext): Promise<{
  readonly queries: readonly JudgedQuery[];
  readonly figures: Figures;
}> {
  const store = tables.open(journalistQueries);
  const expired = await store.update(
    { status: 'new', deadline: { lte: now() } },
    { status: 'expired' },
  );
  const open = await store.find({
    where: { status: 'new' },
    orderBy: { deadline: 'asc', id: 'asc' },
    limit: MOST,
  });
  const profile = await loadProfile(tables);
  const judged = open.map((query) => ({
    query,
    relevance: profile.coverage(`${query.summary} ${query.query}`),
  }));
  await store.upsertMany(
    judged.map(({ query, relevance }) => ({ ...query, relevance })),
    { by: ['id'], update: ['relevance'] },
  );
  const queries = judged.filter(({ relevance }) => relevance >= RELEVANT);
  return { queries, figures: { queriesOpen: queries.length, queriesExpired: expired } };
}
