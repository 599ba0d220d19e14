import type { NewRow } from '@millrace/workflow/node-api';
import { drawnChance, hoursFor, subjectOf } from '../../outreach-plan/chances.ts';
import { outreachPriority } from '../../outreach-plan/prioritise.ts';
import { createRandom } from '../../stats/math/random.ts';
import {
  PROSPECT_KINDS,
  prospects,
  type ProspectKind,
  type ProspectRow,
} from '../../tables/links.ts';
import { plans, programmeRuns, type LearningRow } from '../../tables/programmes.ts';
import { readLearnings } from '../learnings.ts';
import { acquire } from '../leases.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { METRIC } from './store-prospects.ts';

const PLANS = 60;
/** Of one kind at most so many: the others would never be tried, and never learned of. */
const PER_KIND = 25;
/** Looked at for each kind. */
const CANDIDATES = 400;

type Learned = ReadonlyMap<string, LearningRow>;

interface Choice {
  readonly prospect: ProspectRow;
  readonly priority: number;
}

/**
 * Plans for the contacts whose answer is worth most an hour. What each kind brings is drawn from what
 * was learned of it, once a run, so that kinds of which little is known get their turn.
 */
export async function plan(context: ProgrammeContext, runId: string): Promise<Figures> {
  const { tables, now } = context;
  const run = await tables.open(programmeRuns).findOne({ id: runId });
  const learned = await readLearnings(tables, 'links', METRIC);
  const best = bestOfEach(await rank(context, learned)).slice(0, PLANS);
  const held = await acquire(
    tables,
    best.map(({ prospect }) => ({
      resource: contactOf(prospect),
      holder: runId,
      programme: 'links' as const,
      priority: run?.priority ?? 0,
    })),
    now(),
  );
  const ours = new Set(held.map(({ resource }) => resource));
  const chosen = best.filter(({ prospect }) => ours.has(contactOf(prospect)));
  await tables.transaction(async (inside) => {
    await inside.open(plans).upsertMany(
      chosen.map((choice) => planRow(choice, runId, learned)),
      { by: ['programme', 'kind', 'subject'] },
    );
    await inside
      .open(prospects)
      .update({ id: { in: chosen.map(({ prospect }) => prospect.id) } }, { status: 'queued' });
  });
  return { plans: chosen.length, plansLeftToOthers: best.length - chosen.length };
}

const contactOf = ({ contactEmail }: ProspectRow): string => `contact:${contactEmail}`;

/** Everybody who can be written to, the best first; what a cut-off go had queued is looked at again. */
async function rank({ tables, seed, now }: ProgrammeContext, learned: Learned): Promise<Choice[]> {
  const random = createRandom(seed);
  const choices: Choice[] = [];
  for (const kind of PROSPECT_KINDS) {
    const replyChance = drawnChance(subjectOf('reply', kind), learned, random);
    const linkChance = drawnChance(subjectOf('link', kind), learned, random);
    const rows = await tables.open(prospects).find({
      where: {
        kind,
        status: { in: ['new', 'queued'] },
        score: { gt: 0 },
        contactEmail: { not: '' },
        targetUrl: { isNull: false },
      },
      orderBy: { score: 'desc', id: 'asc' },
      limit: CANDIDATES,
    });
    for (const prospect of rows) {
      const { authority, topical, value, deadline } = prospect;
      const judged = { authority: authority ?? 0, topical: topical ?? 0, value: value ?? 0 };
      const facts = { ...judged, kind, deadline, replyChance, linkChance };
      choices.push({ prospect, priority: outreachPriority(facts, { now: now() }) });
    }
  }
  return choices
    .filter(({ priority }) => priority > 0)
    .toSorted((a, b) => b.priority - a.priority || (a.prospect.id < b.prospect.id ? -1 : 1));
}

/** Each contact once, and of each kind its best. */
function bestOfEach(choices: readonly Choice[]): Choice[] {
  const contacts = new Set<string>();
  const counts = new Map<ProspectKind, number>();
  return choices.filter(({ prospect: { kind, contactEmail } }) => {
    const count = counts.get(kind) ?? 0;
    if (count >= PER_KIND || contacts.has(contactEmail)) return false;
    contacts.add(contactEmail);
    counts.set(kind, count + 1);
    return true;
  });
}

function planRow(
  { prospect, priority }: Choice,
  runId: string,
  learned: Learned,
): NewRow<typeof plans> {
  const { id, kind, domain, contactEmail, targetUrl, deadline, reasons } = prospect;
  const used = [subjectOf('reply', kind), subjectOf('link', kind)].flatMap(
    (subject) => learned.get(subject) ?? [],
  );
  return {
    runId,
    programme: 'links',
    kind,
    subject: id,
    title: `${TITLES[kind]} ${domain}`,
    priority,
    steps: ['Write to the contact', 'Follow up after 3 and after 7 days', 'Look for the link'],
    details: { domain, contactEmail, targetUrl, deadline, reasons, hours: hoursFor(kind) },
    learningIds: used.map((learning) => learning.id),
    status: 'planned',
    outcome: null,
    learnedAt: null,
  };
}

const TITLES: Readonly<Record<ProspectKind, string>> = {
  linkGap: 'Win a link of',
  guestPost: 'Offer an article to',
  brokenLink: 'Replace a dead link on',
  lostLink: 'Win back the link of',
  mention: 'Turn a mention into a link on',
  journalist: 'Answer a question of',
};
