import { briefText, makeBrief, type Brief } from '../../content-brief/make-brief.ts';
import type { Channel } from '../../content-calendar/channel-rules.ts';
import {
  checkPiece,
  type KnownPiece,
  type PieceQuality,
} from '../../content-quality/check-piece.ts';
import type { OwnPage } from '../../outreach-plan/target-page.ts';
import type { PlanRow } from '../../tables/programmes.ts';
import type { ProgrammeContext } from '../programme.ts';
import { writeSocialPosts, type SocialPost } from './social-posts.ts';
import {
  mendArticle,
  templateArticle,
  writeArticle,
  type Draft,
  type OwnLink,
} from './write-piece.ts';

/** What a piece is made with. */
export interface Workshop {
  readonly ownDomain: string;
  pageFor(subject: string): OwnPage | undefined;
  /** Our own pieces: nothing is written twice. */
  readonly library: readonly KnownPiece[];
  readonly channels: readonly Channel[];
}

export interface Production {
  readonly brief: {
    readonly title: string;
    readonly body: string;
    readonly brief: Brief;
  };
  readonly article: {
    readonly title: string;
    readonly body: string;
    readonly brief: Brief;
    readonly fingerprint: string;
    readonly scores: Readonly<Record<string, number>>;
    readonly madeBy: 'template' | 'model';
    readonly status: 'review' | 'scheduled';
  };
  readonly posts: readonly SocialPost[];
  /** Good enough for a place in the calendar. */
  readonly isPlaced: boolean;
}

/** A model is asked to mend a piece so often; then a person looks. */
const MOST_ROUNDS = 2;
const OWN_LINKS = 3;
/** Forms of a template that are tried, and what is different enough from all pieces we have. */
const MOST_WORDINGS = 16;
const UNIQUE_ENOUGH = 0.8;

/**
 * Brief, article and posts of a plan, checked. Only what a model wrote and the check approves goes out
 * by itself; a template's draft holds its place in the calendar until a person has looked.
 */
export async function produce(
  context: ProgrammeContext,
  plan: PlanRow,
  workshop: Workshop,
): Promise<Production> {
  let brief = briefOf(plan);
  const url = `https://${workshop.ownDomain}/${brief.slug}`;
  const links = ownLinks(brief, workshop);
  const check = ({ body }: Draft) => checkPiece({ ...brief, body, url }, workshop.library);

  let draft = await writeArticle(context, brief, links);
  let quality = check(draft);
  for (let wording = 1; wording < MOST_WORDINGS && isWorn(draft, quality); wording += 1) {
    const other = briefOf(plan, wording);
    const worded = templateArticle(other, links);
    const judged = check(worded);
    if (judged.scores.uniqueness > quality.scores.uniqueness)
      [brief, draft, quality] = [other, worded, judged];
  }
  for (let round = 0; round < MOST_ROUNDS && canMend(context, draft, quality); round += 1) {
    draft = await mendArticle(context, draft, quality);
    quality = check(draft);
  }
  const channels = workshop.channels.flatMap(({ kind, name }) => (kind === 'social' ? name : []));
  const isApproved = draft.madeBy === 'model' && quality.verdict === 'approve';
  return {
    brief: { title: brief.title, body: briefText(brief), brief },
    article: {
      title: brief.title,
      body: draft.body,
      brief,
      fingerprint: quality.fingerprint,
      scores: { quality: quality.score, ...quality.scores },
      madeBy: draft.madeBy,
      status: isApproved ? 'scheduled' : 'review',
    },
    posts: await writeSocialPosts(context, brief, { channels, url }),
    isPlaced: quality.verdict !== 'review',
  };
}

const canMend = ({ llm }: ProgrammeContext, { madeBy }: Draft, { verdict }: PieceQuality) =>
  llm !== undefined && madeBy === 'model' && verdict !== 'approve';

/** A template that reads too much like a piece we have: other words may help. */
const isWorn = ({ madeBy }: Draft, { scores }: PieceQuality) =>
  madeBy === 'template' && scores.uniqueness < UNIQUE_ENOUGH;

function briefOf({ title, kind, details }: PlanRow, wording = 0): Brief {
  const facts = details ?? {};
  const text = (name: string) => (typeof facts[name] === 'string' ? facts[name] : undefined);
  const list = (name: string) => (Array.isArray(facts[name]) ? facts[name].map(String) : []);
  return makeBrief({
    title,
    angle: kind,
    term: text('term') ?? title,
    keyword: text('keyword'),
    intents: text('intents'),
    related: list('related'),
    reasons: list('reasons'),
    wording,
  });
}

function ownLinks({ terms }: Brief, { pageFor }: Workshop): OwnLink[] {
  const found = new Map<string, OwnLink>();
  for (const term of terms) {
    const page = pageFor(term);
    if (page) found.set(page.url, { url: page.url, title: page.title ?? term });
  }
  return [...found.values()].slice(0, OWN_LINKS);
}
