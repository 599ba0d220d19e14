import { indexDocuments } from '../stats/text/bm25.ts';
import { jaccard, shinglesOf } from '../stats/text/shingles.ts';
import type { ParsedQuery } from './parse-digest.ts';

/** What makes two queries the same one: services send a query again under another address. */
export interface KnownQuery {
  readonly email: string;
  readonly summary: string;
  readonly query: string;
}

const ALIKE = 0.8;

/** The queries that were neither known nor came twice, in order. */
export function newQueries<Q extends KnownQuery>(
  queries: readonly Q[],
  known: readonly KnownQuery[],
): Q[] {
  const holders = new Map<string, Set<string>[]>();
  const keys = new Set<string>();
  const remember = (query: KnownQuery, shingles: Set<string>) => {
    keys.add(keyOf(query));
    for (const shingle of shingles) {
      const own = holders.get(shingle);
      if (own) own.push(shingles);
      else holders.set(shingle, [shingles]);
    }
  };
  for (const query of known) remember(query, shinglesIn(query));
  return queries.filter((query) => {
    const shingles = shinglesIn(query);
    const near = new Set([...shingles].flatMap((shingle) => holders.get(shingle) ?? []));
    const isKnown =
      keys.has(keyOf(query)) || [...near].some((other) => jaccard(shingles, other) >= ALIKE);
    if (!isKnown) remember(query, shingles);
    return !isKnown;
  });
}

const keyOf = ({ email, summary }: KnownQuery): string => JSON.stringify([email, summary]);
const shinglesIn = ({ summary, query }: KnownQuery): Set<string> =>
  shinglesOf(query.includes(summary) ? query : `${summary}\n${query}`);

/** How near a query is to what somebody knows, 0–1, and who that is. */
export interface Relevance {
  readonly relevance: number;
  readonly expert: string | null;
  readonly explain: string;
}

/** @param experts - What each of our people can speak about, with a name before a colon or without. */
export function createRanker(
  experts: readonly string[],
): (query: Pick<ParsedQuery, 'summary' | 'query' | 'category'>) => Relevance {
  const names = experts.map((line) => /^([^:]{1,60}):/.exec(line)?.[1]?.trim() ?? line);
  const subjects = experts.map((line) =>
    line
      .replace(/^[^:]{1,60}:/, '')
      .split(/[,;]/)
      .map((part) => part.trim())
      .filter(Boolean),
  );
  const owners = subjects.flatMap((list, expert) => list.map((subject) => ({ subject, expert })));
  const index = indexDocuments(owners.map(({ subject }) => subject));

  return ({ summary, query, category }) => {
    const scores = index.match(`${summary} ${category ?? ''} ${query}`);
    const best = Math.max(0, ...scores);
    const owner = best > 0 ? owners[scores.indexOf(best)] : undefined;
    if (!owner) return { relevance: 0, expert: null, explain: 'It asks nothing your experts know' };
    const share = Math.round(100 * best);
    return {
      relevance: best,
      expert: names[owner.expert] ?? null,
      explain: `${share} % of “${owner.subject}” is asked for`,
    };
  };
}
