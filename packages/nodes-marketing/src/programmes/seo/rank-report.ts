import type { Tables } from '@millrace/workflow/node-api';
import { findRankChanges, type RankLook } from '../../stats/ranks/rank-change.ts';
import { rankings } from '../../tables/keywords.ts';
import type { Figures } from '../programme.ts';

const DAY_MS = 86_400_000;
const DAYS = 14;
const DEPTH = 100;

/** How many keywords truly rose or fell within two weeks, or that the ranks cannot be trusted today. */
export async function reportRankChanges(tables: Tables, now: number): Promise<Figures> {
  const since = new Date(now - DAYS * DAY_MS).toISOString().slice(0, 10);
  const looks = new Map<string, { readonly day: string; readonly look: RankLook }[]>();
  for await (const page of tables.open(rankings).pages({ where: { day: { gt: since } } })) {
    for (const { keywordId, day, state, position } of page) {
      const look: RankLook =
        state === 'found' && position !== null
          ? { state, position }
          : state === 'notFound'
            ? { state, depth: DEPTH }
            : { state: 'failed' };
      const own = looks.get(keywordId);
      if (own) own.push({ day, look });
      else looks.set(keywordId, [{ day, look }]);
    }
  }
  if (looks.size === 0) return {};
  const report = findRankChanges(
    [...looks].map(([keyword, own]) => ({
      keyword,
      looks: own.toSorted((a, b) => (a.day < b.day ? -1 : 1)).map(({ look }) => look),
    })),
  );
  if (report.kind === 'scraperFailure') return { ranksLost: report.lostShare };
  return {
    ranksRisen: report.changes.filter(({ change }) => change < 0).length,
    ranksFallen: report.changes.filter(({ change }) => change > 0).length,
  };
}
