import type { NewRow, Tables } from '@millrace/workflow/node-api';
import { makeIdeas, type Idea, type Subject } from '../../content-ideas/make-ideas.ts';
import { content } from '../../tables/content.ts';
import { keywords } from '../../tables/keywords.ts';
import { plans, programmeRuns, type LearningRow } from '../../tables/programmes.ts';
import { readLearnings } from '../learnings.ts';
import { acquire } from '../leases.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { risingSubjects } from './subjects.ts';

/** Metric of what the programme learns: views over expected views. */
export const METRIC = 'reach';
export const subjectOf = (angle: string): string => `angle:${angle}`;

const IDEAS = 40;
const PLANS = 8;
/** A plan of one angle or one subject only would teach nothing of the others. */
const PER_ANGLE = 2;
const PER_TERM = 2;
const MOST_KNOWN = 5000;

/** Ideas for what rises, as the angles have done so far, and plans for the best of them. */
export async function plan(context: ProgrammeContext, runId: string): Promise<Figures> {
  const { tables, now } = context;
  const made = await tables.open(plans).count({ programme: 'content', runId });
  if (made > 0) return { plans: made };
  const learned = await readLearnings(tables, 'content', METRIC);
  const subjects = await risingSubjects(tables, now());
  const thought = makeIdeas(subjects, {
    learned: (angle) => Math.max(0, learned.get(subjectOf(angle))?.mean ?? 1),
    known: await titlesMade(tables),
  });
  const best = mixed(thought);
  const ideas = [...new Set([...best, ...thought.slice(0, IDEAS)])];
  const chosen = await lease(context, runId, best);
  const intents = await intentsOf(tables, chosen);
  const bySubject = new Map(subjects.map((subject) => [subject.id, subject]));
  await tables.transaction(async (inside) => {
    await writeIdeas(inside, ideas, new Set(chosen));
    await inside.open(plans).upsertMany(
      chosen.map((idea) => {
        const learning = learned.get(subjectOf(idea.angle));
        const subject = bySubject.get(idea.subjectId);
        return planRow(idea, { runId, learning, subject, intents });
      }),
      { by: ['programme', 'kind', 'subject'] },
    );
  });
  return {
    subjects: subjects.length,
    ideas: ideas.length,
    plans: chosen.length,
    plansLeftToOthers: best.length - chosen.length,
  };
}

/** What was taken up before is not taken up again; an idea nobody took up may come back. */
async function titlesMade(tables: Tables): Promise<string[]> {
  const rows = await tables.open(plans).find({
    where: { programme: 'content', status: { not: 'planned' } },
    columns: ['title'],
    orderBy: { createdAt: 'desc' },
    limit: MOST_KNOWN,
  });
  return rows.map(({ title }) => title);
}

/** The best of them with no angle and no subject too often. */
function mixed(ideas: readonly Idea[]): Idea[] {
  const counts = new Map<string, number>();
  const countOf = (key: string) => counts.get(key) ?? 0;
  const chosen: Idea[] = [];
  for (const idea of ideas) {
    const [angle, term] = [`angle ${idea.angle}`, `term ${idea.term}`];
    if (chosen.length === PLANS || idea.priority <= 0) break;
    if (countOf(angle) >= PER_ANGLE || countOf(term) >= PER_TERM) continue;
    chosen.push(idea);
    for (const key of [angle, term]) counts.set(key, countOf(key) + 1);
  }
  return chosen;
}

const resourceOf = ({ keyword, term }: Idea): string =>
  keyword ? `keyword:${keyword.id}` : `trend:${term}`;

async function lease(
  { tables, now }: ProgrammeContext,
  runId: string,
  best: readonly Idea[],
): Promise<Idea[]> {
  const run = await tables.open(programmeRuns).findOne({ id: runId });
  const claims = [...new Set(best.map(resourceOf))].map((resource) => ({
    resource,
    holder: runId,
    programme: 'content' as const,
    priority: run?.priority ?? 0,
  }));
  const held = new Set((await acquire(tables, claims, now())).map(({ resource }) => resource));
  return best.filter((idea) => held.has(resourceOf(idea)));
}

async function intentsOf(
  tables: Tables,
  ideas: readonly Idea[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tables.open(keywords).find({
    where: { id: { in: ideas.flatMap(({ keyword }) => keyword?.id ?? []) } },
    columns: ['id', 'intents'],
  });
  return new Map(rows.map(({ id, intents }) => [id, intents]));
}

/** Ideas that were there before keep their row and get their new place. */
async function writeIdeas(
  tables: Tables,
  ideas: readonly Idea[],
  chosen: ReadonlySet<Idea>,
): Promise<void> {
  const store = tables.open(content);
  const present = await store.find({
    where: { kind: 'idea', title: { in: ideas.map(({ title }) => title) } },
    columns: ['id', 'title'],
  });
  const ids = new Map(present.map(({ id, title }) => [title, id]));
  const rowOf = (idea: Idea): NewRow<typeof content> => ({
    kind: 'idea',
    title: idea.title,
    body: idea.reasons.join('\n'),
    keywordId: idea.keyword?.id ?? null,
    trendId: idea.subjectId,
    priority: idea.priority,
    status: chosen.has(idea) ? 'approved' : 'draft',
  });
  await store.insertMany(ideas.filter(({ title }) => !ids.has(title)).map(rowOf));
  await store.upsertMany(
    ideas.flatMap((idea) => {
      const id = ids.get(idea.title);
      return id === undefined ? [] : { ...rowOf(idea), id };
    }),
    { by: ['id'] },
  );
}

function planRow(
  idea: Idea,
  {
    runId,
    learning,
    subject,
    intents,
  }: {
    readonly runId: string;
    readonly learning: LearningRow | undefined;
    readonly subject: Subject | undefined;
    readonly intents: ReadonlyMap<string, string>;
  },
): NewRow<typeof plans> {
  const { angle, goal, title, term, keyword, priority, reasons } = idea;
  return {
    runId,
    programme: 'content',
    kind: angle,
    subject: idea.subjectId,
    title,
    priority,
    steps: ['Write the brief', 'Write and check the piece', 'Plan it and its posts', 'Publish'],
    details: {
      term,
      goal,
      reasons,
      keyword: keyword?.text ?? null,
      keywordId: keyword?.id ?? null,
      intents: intents.get(keyword?.id ?? '') ?? null,
      related: subject?.keywords.slice(1).map(({ text }) => text) ?? [],
      hoursToPeak: subject?.hoursToPeak ?? null,
    },
    learningIds: learning ? [learning.id] : [],
    status: 'planned',
    outcome: null,
    learnedAt: null,
  };
}
