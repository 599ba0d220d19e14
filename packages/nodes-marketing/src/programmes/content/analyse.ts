import type { NewRow } from '@millrace/workflow/node-api';
import { loadProfile } from '../../business-profile/load-profile.ts';
import { readSeries, settledStage } from '../../trend-detector/read-series.ts';
import { storedSeries, type StoredSeries } from '../../trend-detector/trend-rows.ts';
import { trends } from '../../tables/trends.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';

const WRITE_AT_ONCE = 500;

/** Reads every trend: its stage, growth, virality, time to its peak, and how near it is to the business. */
export async function analyse({ tables, signal, now }: ProgrammeContext): Promise<Figures> {
  const profile = await loadProfile(tables);
  const nearness = new Map<string, number>();
  const relevanceOf = (term: string): number => {
    const known = nearness.get(term) ?? profile.relevance(term);
    nearness.set(term, known);
    return known;
  };

  const store = tables.open(trends);
  const figures = { trends: 0, emerging: 0, atPeak: 0, declining: 0, viral: 0, stageChanges: 0 };
  let read: NewRow<typeof trends>[] = [];
  const write = async () => {
    await store.upsertMany(read, { by: ['id'], update: READ });
    read = [];
  };
  for await (const series of storedSeries(tables)) {
    signal.throwIfAborted();
    const row = readTrendRow(series, relevanceOf(series.trend.term), now());
    read.push(row);
    figures.trends += 1;
    figures.emerging += row.stage === 'emerging' ? 1 : 0;
    figures.atPeak += row.stage === 'peak' ? 1 : 0;
    figures.declining += row.stage === 'declining' ? 1 : 0;
    figures.viral += row.isViral ? 1 : 0;
    figures.stageChanges += row.stage === series.trend.stage ? 0 : 1;
    if (read.length === WRITE_AT_ONCE) await write();
  }
  await write();
  return figures;
}

function readTrendRow(
  { trend, points }: StoredSeries,
  relevance: number,
  now: number,
): NewRow<typeof trends> {
  const reading = readSeries(points);
  const stage = settledStage(points, reading, trend.readAt === null ? undefined : trend.stage);
  return {
    ...trend,
    stage,
    stageSince: stage === trend.stage && trend.stageSince !== null ? trend.stageSince : now,
    relevance,
    growth: reading.growth,
    level: reading.level,
    viralCoefficient: reading.viral?.k ?? null,
    isViral: reading.viral?.isViral ?? false,
    hoursToPeak: reading.hoursToPeak,
    readAt: now,
  };
}

/** What an analysis writes: which trend it is stays as it was. */
const READ = [
  'stage',
  'stageSince',
  'relevance',
  'growth',
  'level',
  'viralCoefficient',
  'isViral',
  'hoursToPeak',
  'readAt',
] as const;
