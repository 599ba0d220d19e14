import type { Tables } from '@millrace/workflow/node-api';
import { learnings, plans, type LearningRow, type Programme } from '../tables/programmes.ts';

/** A belief about one subject: mean with its doubt. */
export interface Belief {
  readonly mean: number;
  readonly sd: number;
  readonly count: number;
}

/** What is believed before anything was seen, worth this many outcomes. */
export interface PriorBelief {
  readonly mean: number;
  readonly weight: number;
  /** Spread of single outcomes around the truth. */
  readonly noise: number;
}

/** An outcome is compared with what was expected: 1 is as expected, 2 twice as much. */
export const AS_EXPECTED: PriorBelief = { mean: 1, weight: 5, noise: 0.8 };

/** Takes outcomes into a belief: the mean of all of them and the prior, weighed by number. */
export function updateBelief(
  before: Belief | undefined,
  outcomes: readonly number[],
  prior: PriorBelief = AS_EXPECTED,
): Belief {
  const seen = (before?.count ?? 0) + prior.weight;
  const sum = (before?.mean ?? prior.mean) * seen + outcomes.reduce((total, y) => total + y, 0);
  const weight = seen + outcomes.length;
  return {
    mean: sum / weight,
    sd: prior.noise / Math.sqrt(weight),
    count: (before?.count ?? 0) + outcomes.length,
  };
}

/** How a plan's outcome is counted. */
export interface Lesson {
  readonly planId: string;
  /** `action:newPage` */
  readonly subject: string;
  readonly value: number;
}

/** Where lessons are written down. */
export interface LessonBook {
  readonly programme: Programme;
  readonly metric: string;
  readonly now: number;
  /** What is believed of a subject at first; {@link AS_EXPECTED} when left out. */
  prior?(subject: string): PriorBelief;
}

const EVIDENCE_KEPT = 50;

/**
 * Adds the outcomes of plans to what is known, each plan once, also when a run is cut off in between:
 * the learnings and the marks on the plans stand or fall together.
 */
export async function recordLessons(
  tables: Tables,
  { programme, metric, now, prior }: LessonBook,
  lessons: readonly Lesson[],
): Promise<LearningRow[]> {
  return tables.transaction(async (inside) => {
    const fresh = await notYetLearned(inside, lessons);
    const store = inside.open(learnings);
    const changed: LearningRow[] = [];
    for (const [subject, own] of Map.groupBy(fresh, (lesson) => lesson.subject)) {
      const before = await store.findOne({ programme, subject, metric });
      const belief = updateBelief(
        before,
        own.map(({ value }) => value),
        prior?.(subject),
      );
      const evidence = [...own.map(({ planId }) => planId), ...(before?.evidence ?? [])];
      const row = {
        programme,
        subject,
        metric,
        ...belief,
        evidence: evidence.slice(0, EVIDENCE_KEPT),
      };
      await store.upsertMany([row], { by: ['programme', 'subject', 'metric'] });
      const stored = await store.findOne({ programme, subject, metric });
      if (stored) changed.push(stored);
    }
    if (fresh.length > 0)
      await inside
        .open(plans)
        .update({ id: { in: fresh.map(({ planId }) => planId) } }, { learnedAt: now });
    return changed;
  });
}

async function notYetLearned(tables: Tables, lessons: readonly Lesson[]): Promise<Lesson[]> {
  if (lessons.length === 0) return [];
  const open = await tables.open(plans).find({
    where: { id: { in: lessons.map(({ planId }) => planId) }, learnedAt: null },
    columns: ['id'],
  });
  const ids = new Set(open.map(({ id }) => id));
  return lessons.filter(({ planId }) => ids.has(planId));
}

/** What a programme has learned, by subject. Plans multiply their expectations by the mean. */
export async function readLearnings(
  tables: Tables,
  programme: Programme,
  metric: string,
): Promise<ReadonlyMap<string, LearningRow>> {
  const rows = await tables.open(learnings).find({ where: { programme, metric } });
  return new Map(rows.map((row) => [row.subject, row]));
}
