import type { Tables } from '@millrace/workflow/node-api';
import { loadProfile } from '../../business-profile/load-profile.ts';
import type { Subject } from '../../content-ideas/make-ideas.ts';
import { trends, type TrendRow } from '../../tables/trends.ts';

const MOST = 2000;
const HOUR_MS = 3_600_000;
const MATCHES = 6;

/**
 * What there is to write about: each term that rises somewhere, in the place where it rises most, and
 * those at their peak that are near to the business.
 */
export async function risingSubjects(tables: Tables, now: number): Promise<Subject[]> {
  const rows = await tables.open(trends).find({
    where: { or: [{ stage: 'emerging' }, { stage: 'peak', relevance: { gte: NEAR } }] },
    orderBy: { relevance: 'desc', id: 'asc' },
    limit: MOST,
  });
  const strongest = new Map<string, TrendRow>();
  for (const row of rows) {
    const known = strongest.get(row.term.toLowerCase());
    if (!known || strengthOf(row) > strengthOf(known)) strongest.set(row.term.toLowerCase(), row);
  }
  const profile = await loadProfile(tables);
  return [...strongest.values()].map((row) => ({
    id: row.id,
    term: row.term,
    relevance: row.relevance ?? 0,
    growth: row.growth ?? 0,
    hoursToPeak: row.hoursToPeak,
    keywords: profile.match(row.term, MATCHES),
    ageHours: Math.max(0, now - (row.stageSince ?? now)) / HOUR_MS,
  }));
}

/** From here on a trend at its peak is still worth a piece. */
const NEAR = 0.25;

/** One that still rises comes before one at its peak, whatever its growth. */
const strengthOf = ({ stage, growth }: TrendRow): number =>
  (growth ?? 0) + (stage === 'emerging' ? 1000 : 0);
