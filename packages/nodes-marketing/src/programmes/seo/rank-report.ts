import type { Tables } from '@millrace/workflow/node-api';
import { byDay, type DatedLook } from '../../stats/ranks/day-series.ts';
import { testRankChanges } from '../../stats/ranks/rank-change.ts';
import { rankings } from '../../tables/keywords.ts';
import type { Figures } from '../programme.ts';

const DAY_MS = 86_400_000;
const DAYS = 14;

/** How many keywords truly rose or fell within two weeks, or that the ranks cannot be trusted today. */
export async function reportRankChanges(tables: Tables, now: number): Promise<Figures> {
  const since = new Date(now - DAYS * DAY_MS).toISOString().slice(0, 10);
  const looks: DatedLook[] = [];
  for await (const page of tables.open(rankings).pages({ where: { day: { gt: since } } }))
    for (const { keywordId, day, state, position } of page)
      looks.push({ keyword: keywordId, day, state, position });
  if (looks.length === 0) return {};
  const { series, broken, lastDay } = byDay(looks, DAYS);
  const today = broken.find(({ day }) => day === lastDay);
  if (today) return { ranksLost: today.lostShare };
  const changes = testRankChanges(series);
  return {
    ranksRisen: changes.filter(({ change }) => change < 0).length,
    ranksFallen: changes.filter(({ change }) => change > 0).length,
  };
}
