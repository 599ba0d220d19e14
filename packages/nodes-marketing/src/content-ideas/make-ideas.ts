import type { KeywordMatch } from '../business-profile/business-profile.ts';
import {
  contentPriority,
  type ContentCandidate,
  type ContentGoal,
} from '../stats/content/priority.ts';
import { hammingDistance, simHash } from '../stats/text/fingerprint.ts';
import { ANGLES, isThing, type Angle } from './angles.ts';

/** A subject to write about. */
export interface Subject {
  readonly id: string;
  readonly term: string;
  /** Likeness to the business, 0–1. */
  readonly relevance: number;
  /** Change of ln interest a period. */
  readonly growth: number;
  readonly hoursToPeak: number | null;
  /** Searches nearest to it, the nearest first. */
  readonly keywords: readonly KeywordMatch[];
  readonly ageHours: number;
}

export interface Idea {
  readonly subjectId: string;
  readonly term: string;
  readonly angle: string;
  readonly goal: ContentGoal;
  readonly title: string;
  readonly keyword: KeywordMatch | undefined;
  readonly priority: number;
  readonly reasons: readonly string[];
}

export interface IdeaOptions {
  /** What pieces of an angle brought, as a share of what was expected; 1 when left out. */
  learned?(angle: string): number;
  /** Only for this goal; for the goal of each angle when left out. */
  readonly goal?: ContentGoal | undefined;
  /** Titles there are already; what is nearly one of them is left out. */
  readonly known?: readonly string[];
  readonly perSubject?: number;
}

/** Titles this near are the same to a reader. */
const SAME_BITS = 3;
/** Growth a period at which reach counts half. */
const USUAL_GROWTH = 0.05;
/** A peak nobody can foresee is taken to be some days away: a piece of the moment can wait. */
const UNFORESEEN_HOURS = 72;
/** Worth of a search at which it counts half. */
const USUAL_VALUE = 50;

/** Ideas for every subject, the best first (marketing.md A15); no two with nearly the same title. */
export function makeIdeas(subjects: readonly Subject[], options: IdeaOptions = {}): Idea[] {
  const { perSubject = ANGLES.length, known = [] } = options;
  const ranked = subjects
    .flatMap((subject) =>
      ANGLES.filter(({ goal }) => options.goal === undefined || goal === options.goal)
        .flatMap((angle) => ideaOf(subject, angle, options) ?? [])
        .toSorted((a, b) => b.priority - a.priority)
        .slice(0, perSubject),
    )
    .toSorted((a, b) => b.priority - a.priority || (a.title < b.title ? -1 : 1));
  return withoutRepeats(ranked, known);
}

/** `undefined` when the angle needs a search that the subject has not. */
function ideaOf(subject: Subject, angle: Angle, { learned }: IdeaOptions): Idea | undefined {
  const keyword = angle.needsThing
    ? subject.keywords.find(({ text }) => isThing(text))
    : subject.keywords[0];
  if (angle.needsThing && !keyword) return undefined;
  const factor = learned?.(angle.id) ?? 1;
  const priority = factor * contentPriority(candidateOf(subject, angle, keyword), angle.goal);
  return {
    subjectId: subject.id,
    term: subject.term,
    angle: angle.id,
    goal: angle.goal,
    title: angle.title({ subject: subject.term, keyword: keyword?.text ?? '' }),
    keyword,
    priority,
    reasons: reasonsFor(subject, keyword, factor),
  };
}

/** All parts on 0–1, so that no unit decides. */
function candidateOf(
  { relevance, growth, hoursToPeak, ageHours }: Subject,
  { effort }: Angle,
  keyword: KeywordMatch | undefined,
): ContentCandidate {
  const search = keyword ? keyword.likeness * half(keyword.value, USUAL_VALUE) : 0;
  return {
    probability: relevance,
    impact: {
      reach: half(Math.max(0, growth), USUAL_GROWTH),
      search,
      conversions: 0.5 * search + 0.5 * relevance,
    },
    effort,
    ageHours,
    hoursToPeak: hoursToPeak ?? UNFORESEEN_HOURS,
  };
}

/** 0 for nothing, ½ at `usual`, towards 1 for much. */
const half = (value: number, usual: number): number => value / (value + usual);

function reasonsFor(
  { term, growth, hoursToPeak }: Subject,
  keyword: KeywordMatch | undefined,
  factor: number,
): string[] {
  const rise = `Interest in “${term}” changes by ${Math.round(100 * Math.expm1(growth))} % a period`;
  const peak =
    hoursToPeak === null ? '' : `, the peak is ${Math.round(hoursToPeak / 24)} days away`;
  return [
    rise + peak,
    ...(keyword ? [`It serves the search “${keyword.text}”`] : []),
    ...(factor === 1 ? [] : [`Such pieces brought ${factor.toFixed(2)} of what was expected`]),
  ];
}

function withoutRepeats(ideas: readonly Idea[], known: readonly string[]): Idea[] {
  const seen = known.map(simHash);
  return ideas.filter(({ title }) => {
    const hash = simHash(title);
    if (seen.some((other) => hammingDistance(hash, other) <= SAME_BITS)) return false;
    seen.push(hash);
    return true;
  });
}
