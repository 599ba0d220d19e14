import type { SoakRun } from './run-soak.ts';
import { isFlat, trendOf, type Point, type Trend } from './slope.ts';

/** Shorter than this, memory is still settling: its slope is shown, not judged. */
const JUDGED_MINUTES = 5;
/** The sweep looks every second; a takeover takes another. */
const SWEEP_SECONDS = 2;
/** Kept by retention, and made until it comes by again. */
const MAX_KEPT_TIMES = 3;

/** Prints what was seen and each claim that does not hold. Gives whether all hold. */
export function reportSoak(run: SoakRun): boolean {
  const isJudged = run.minutes >= JUDGED_MINUTES;
  const trends = [...run.memory, ['redis', run.redisMb] as const].flatMap(([name, points]) => {
    const trend = trendOf(points);
    return trend ? [{ name, trend, isFlat: isFlat(trend) }] : [];
  });
  console.table(
    Object.fromEntries(trends.map(({ name, trend, isFlat: flat }) => [name, shown(trend, flat)])),
  );
  const { accepted, refused, created, ended, failed, open, p99Ms } = run;
  console.log(
    `${accepted} accepted, ${refused} refused, ${created} stored, ${ended} ended with sub-workflows, ${failed} failed, ${open} left open; p99 ${p99Ms} ms`,
  );
  console.log(
    `oldest running execution ${run.oldestRunningSeconds.toFixed(1)} s, lease overdue by at most ${run.overdueSeconds.toFixed(1)} s (lease ${run.leaseSeconds} s)`,
  );
  console.log(
    `queue ${range(run.queued, 0)} entries, database ${range(run.databaseMb, 1)} MB, ${range(run.executions, 0)} executions kept`,
  );
  if (!isJudged)
    console.log(`Memory is not judged below ${JUDGED_MINUTES} minutes: it is still settling`);

  const broken = [
    ...trends.filter((each) => isJudged && !each.isFlat).map(({ name }) => `${name} is flat`),
    ...Object.entries(claimsOf(run))
      .filter(([, holds]) => !holds)
      .map(([claim]) => claim),
  ];
  for (const claim of broken) console.log(`NOT: ${claim}`);
  console.log(broken.length ? 'Does not hold' : isJudged ? 'flat' : 'holds, memory not judged');
  return broken.length === 0;
}

const claimsOf = (run: SoakRun): Readonly<Record<string, boolean>> => ({
  'something was accepted': run.accepted > 0,
  'no call is refused': run.refused === 0,
  'what is accepted is stored': run.created >= run.accepted,
  'no execution fails': run.failed === 0,
  'every execution ends': run.open === 0,
  'no execution runs longer than lease and sweep':
    run.oldestRunningSeconds <= run.leaseSeconds + SWEEP_SECONDS,
  'no lease that ran out stays': run.overdueSeconds <= SWEEP_SECONDS,
  'the queue does not grow': lastOf(run.queued) <= run.perSecond * SWEEP_SECONDS,
  'retention keeps the database bounded': lastOf(run.executions) <= run.keptCount * MAX_KEPT_TIMES,
});

const lastOf = (points: readonly Point[]) => trendOf(points)?.lastQuarter ?? 0;

const shown = (trend: Trend, flat: boolean) => ({
  'MB/min': Number(trend.perMinute.toFixed(3)),
  '± error': Number(trend.standardError.toFixed(3)),
  'first quarter MB': Number(trend.firstQuarter.toFixed(1)),
  'last quarter MB': Number(trend.lastQuarter.toFixed(1)),
  flat: flat ? 'yes' : 'NO',
});

function range(points: readonly Point[], digits: number): string {
  const values = points.map(({ value }) => value);
  return `${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)}`;
}
