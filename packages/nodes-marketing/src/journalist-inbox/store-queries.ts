import type { Tables } from '@millrace/workflow/node-api';
import { journalistQueries } from '../tables/links.ts';
import { newQueries, type Relevance } from './new-queries.ts';
import type { ParsedQuery } from './parse-digest.ts';

/** A query with what it is worth to us. */
export interface ReceivedQuery extends ParsedQuery, Relevance {
  /** When its mail was sent, ms since the epoch. */
  readonly receivedAt: number;
}

const DAY_MS = 86_400_000;
/** Queries older than this do not come again. */
const REMEMBERED_DAYS = 60;

/**
 * Stores the queries that are new, and gives them. Done again with the same mails it gives the same:
 * what the first try stored is known by when its mail was sent.
 */
export async function storeQueries(
  tables: Tables,
  received: readonly ReceivedQuery[],
  now: number,
): Promise<ReceivedQuery[]> {
  const store = tables.open(journalistQueries);
  await store.update({ status: 'new', deadline: { lte: now } }, { status: 'expired' });
  if (received.length === 0) return [];
  const times = new Set(received.map(({ receivedAt }) => receivedAt));
  const known = await store.find({
    where: { receivedAt: { gt: now - REMEMBERED_DAYS * DAY_MS } },
    columns: ['email', 'summary', 'query', 'receivedAt'],
    orderBy: { receivedAt: 'desc' },
    limit: 10_000,
  });
  const fresh = newQueries(
    received,
    known.filter(({ receivedAt }) => !times.has(receivedAt)),
  );
  await store.insertMany(
    fresh.map(({ doubts: _doubts, explain: _explain, expert: _expert, ...query }) => ({
      ...query,
      status:
        query.deadline !== null && query.deadline <= now ? ('expired' as const) : ('new' as const),
    })),
    { onConflict: 'skip' },
  );
  return fresh;
}
