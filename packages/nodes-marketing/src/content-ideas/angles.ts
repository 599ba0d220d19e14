import type { ContentGoal } from '../stats/content/priority.ts';

/** A way to write about a subject. */
export interface Angle {
  /** What is learned of it is kept under this name. */
  readonly id: string;
  readonly goal: ContentGoal;
  /** Work, 1 or more. */
  readonly effort: number;
  /** It sets the subject beside a search, which has to name a thing: `coffee grinder`, not a question. */
  readonly needsThing?: boolean;
  title(words: { readonly subject: string; readonly keyword: string }): string;
  /** What the reader is asked to do at the end. */
  readonly callToAction: string;
}

/** The ways a piece can go; which of them serves this business best is learned. */
export const ANGLES: readonly Angle[] = [
  {
    id: 'explainer',
    goal: 'evergreen',
    effort: 1,
    title: ({ subject }) => `What is ${subject}? A plain answer`,
    callToAction: 'Read on about the tools it takes',
  },
  {
    id: 'howTo',
    goal: 'evergreen',
    effort: 1.5,
    title: ({ subject }) => `How to start with ${subject}, step by step`,
    callToAction: 'Get the checklist for your first try',
  },
  {
    id: 'comparison',
    goal: 'conversion',
    effort: 2,
    needsThing: true,
    title: ({ subject, keyword }) => `${titled(subject)} or ${keyword}: which suits you?`,
    callToAction: 'Compare both in the shop',
  },
  {
    id: 'buyersGuide',
    goal: 'conversion',
    effort: 2,
    title: ({ subject }) => `What to buy for ${subject}, and what to leave`,
    callToAction: 'See what we recommend',
  },
  {
    id: 'mistakes',
    goal: 'viral',
    effort: 1,
    title: ({ subject }) => `Five mistakes with ${subject}`,
    callToAction: 'Tell us which one was yours',
  },
  {
    id: 'whyNow',
    goal: 'viral',
    effort: 1,
    title: ({ subject }) => `Why everybody talks about ${subject}`,
    callToAction: 'Tell us what you think of it',
  },
  {
    id: 'myths',
    goal: 'viral',
    effort: 1.5,
    title: ({ subject }) => `${titled(subject)}: what is true and what is not`,
    callToAction: 'Ask us what you are not sure of',
  },
  {
    id: 'beginners',
    goal: 'evergreen',
    effort: 1.5,
    title: ({ subject }) => `${titled(subject)} for beginners`,
    callToAction: 'Start with the smallest set',
  },
];

/** Undefined for a name nobody knows. */
export const angleOf = (id: string): Angle | undefined => ANGLES.find((angle) => angle.id === id);

const NO_THING =
  /^(?:how|what|why|when|where|who|which|can|is|are|do|does|best|buy|cheap|compare|used|repair)\b/;
const MOST_WORDS = 3;

/** Whether a search names a thing rather than asks something. */
export const isThing = (search: string): boolean =>
  !NO_THING.test(search) && search.split(' ').length <= MOST_WORDS;

const titled = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
