import { contentRequirements } from '../programmes/seo/requirements.ts';
import { angleOf } from '../content-ideas/angles.ts';
import { wordPicker } from './word-picker.ts';
import { CLOSING, MIDDLES, NEAR, OPENING, type Wording } from './wordings.ts';

export interface BriefFacts {
  readonly title: string;
  /** Subject it is about. */
  readonly term: string;
  /** Id of an angle; an explainer when it is not known. */
  readonly angle: string;
  /** Search it is to be found by; the subject itself when there is none. */
  readonly keyword?: string | undefined;
  readonly intents?: string | undefined;
  /** Searches near to it: they become headings. */
  readonly related?: readonly string[] | undefined;
  readonly reasons?: readonly string[] | undefined;
  /** Another number words the same in another way; 0 when left out. */
  readonly wording?: number;
}

export interface Section {
  readonly heading: string;
  /** What it has to say. */
  readonly points: readonly string[];
}

/** What a writer needs for one piece. */
export type Brief = {
  readonly title: string;
  readonly term: string;
  readonly angle: string;
  readonly keyword: string;
  /** 120–158 characters. */
  readonly description: string;
  readonly slug: string;
  readonly words: number;
  readonly schemaType: string;
  readonly outline: readonly Section[];
  readonly terms: readonly string[];
  readonly callToAction: string;
  readonly reasons: readonly string[];
};

/** Angle, structure and call to action of a piece (marketing.md A09). */
export function makeBrief(facts: BriefFacts): Brief {
  const { title, term, reasons = [], related = [] } = facts;
  const angle = angleOf(facts.angle) ?? angleOf('explainer');
  const keyword = facts.keyword ?? term;
  const needs = contentRequirements(
    { text: keyword, intents: facts.intents ?? 'informational' },
    related,
  );
  return {
    title: shortened(title, needs.titleMaxLength),
    term,
    angle: angle?.id ?? 'explainer',
    keyword,
    description: descriptionOf(term, keyword),
    slug: slugOf(title),
    words: needs.words,
    schemaType: needs.schemaType,
    outline: outlineOf(
      { angle: angle?.id ?? 'explainer', title: `${title}/${facts.wording ?? 0}` },
      { term, keyword, related: needs.headings },
      angle?.callToAction ?? '',
    ),
    terms: [...new Set([term, keyword, ...needs.headings])],
    callToAction: angle?.callToAction ?? '',
    reasons,
  };
}

/** Cut at a word, never in one. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most + 1);
  const end = cut.lastIndexOf(' ');
  return (end > 0 ? cut.slice(0, end) : text.slice(0, most)).replace(/[\s:,.]+$/, '');
}

const MOST_DESCRIPTION = 158;

function descriptionOf(term: string, keyword: string): string {
  const start =
    keyword === term ? `What ${term} is, what it takes` : `What ${term} has to do with ${keyword}`;
  const whole = `${start}, what to look for, what it costs in time and money, and how to begin today without buying too much.`;
  return shortened(whole, MOST_DESCRIPTION);
}

/** Lower case, plain letters and digits, joined by `-`, at most 60 characters. */
export const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '');

interface Words {
  readonly term: string;
  readonly keyword: string;
  readonly related: readonly string[];
}

/** First what it is, then the middle of its angle and searches near to it, last what to do. */
function outlineOf(
  { angle, title }: { readonly angle: string; readonly title: string },
  { term, keyword, related }: Words,
  callToAction: string,
): Section[] {
  const pick = wordPicker(`${angle}/${title}/${keyword}`);
  const section = ({ heading, points }: Wording, search = ''): Section => {
    const words = { term, keyword, search };
    return {
      heading: titled(pick(heading, words)),
      points: points.map((forms) => titled(pick(forms, words))),
    };
  };
  return [
    section(OPENING),
    ...(MIDDLES[angle] ?? []).map((wording) => section(wording)),
    ...related.slice(0, 3).map((search) => section(NEAR, search)),
    { heading: titled(pick(CLOSING, { term })), points: [callToAction] },
  ];
}

const titled = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The brief as people read it. */
export const briefText = (brief: Brief): string =>
  [
    `# ${brief.title}`,
    '',
    `- Search: ${brief.keyword}`,
    `- Description: ${brief.description}`,
    `- Address: /${brief.slug}`,
    `- Length: about ${brief.words} words`,
    `- Structured data: ${brief.schemaType}`,
    `- At the end: ${brief.callToAction}`,
    '',
    ...brief.outline.flatMap(({ heading, points }) => [
      `## ${heading}`,
      ...points.map((point) => `- ${point}`),
      '',
    ]),
    ...(brief.reasons.length > 0 ? ['## Why', ...brief.reasons.map((text) => `- ${text}`)] : []),
  ]
    .join('\n')
    .trimEnd();
