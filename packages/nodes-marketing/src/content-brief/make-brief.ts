import { contentRequirements } from '../programmes/seo/requirements.ts';
import { angleOf } from '../content-ideas/angles.ts';

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
      angle?.id ?? 'explainer',
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

/** The middle of a piece by its angle; first what it is, last what to do. */
const MIDDLES: Readonly<Record<string, (words: Words) => readonly Section[]>> = {
  explainer: ({ term, keyword }) => [
    section(`Where ${term} comes from`, `Who began ${term}`, `Why ${term} spread`),
    section(
      `What ${term} has to do with ${keyword}`,
      `What ${keyword} gains from ${term}`,
      `Where ${keyword} parts from it`,
    ),
  ],
  howTo: ({ term, keyword }) => [
    section(`What you need for ${term}`, `The part ${keyword} plays`, 'What you have already'),
    section(`${term}: the first try`, 'Each step in one sentence', 'How long it takes'),
    section(`When ${term} goes wrong`, 'The usual fault', 'How to mend it'),
  ],
  comparison: ({ term, keyword }) => [
    section(`What speaks for ${term}`, `What ${term} costs`, `The result of ${term}`),
    section(`What speaks for ${keyword}`, `What ${keyword} costs`, `The result of ${keyword}`),
    section(`${term} and ${keyword} side by side`, 'A table of both'),
  ],
  buyersGuide: ({ term, keyword }) => [
    section(
      `What ${term} really takes`,
      `Whether ${keyword} is part of it`,
      'What is nice to have',
    ),
    section('What to leave', `What is sold for ${term} and not needed`),
    section(`What ${term} costs`, 'A small, a middle and a large budget'),
  ],
  mistakes: ({ term, keyword }) => [
    section(`The mistake most people make with ${term}`, 'Why it happens', 'What to do instead'),
    section(`Four more mistakes around ${keyword}`, 'One sentence each, with the remedy'),
  ],
  whyNow: ({ term, keyword }) => [
    section(`How ${term} came up`, `The last weeks of ${term} in figures`, 'Who set it off'),
    section(`Will ${term} last?`, `What it changes for ${keyword}`, 'What speaks against it'),
  ],
  myths: ({ term, keyword }) => [
    section(`What is said about ${term}`, 'Three claims in the words of those who make them'),
    section(
      `What is true of ${term} and ${keyword}`,
      'What is known, with a source for each claim',
    ),
  ],
  beginners: ({ term, keyword }) => [
    section(`${term} in five minutes`, `The least you have to know of ${term}`),
    section(`Your first ${keyword}`, 'A choice that is hard to get wrong'),
    section(`Words you will hear around ${term}`, 'A short list, each in one sentence'),
  ],
};

function outlineOf(angle: string, words: Words, callToAction: string): Section[] {
  const { term, keyword, related } = words;
  return [
    section(`${term} in short`, `${term} in two sentences, for those who look for ${keyword}`),
    ...(MIDDLES[angle]?.(words) ?? []),
    ...related.slice(0, 3).map((search) => section(search, `What ${term} means for ${search}`)),
    section(`Your next step with ${term}`, callToAction),
  ].map(({ heading, points }) => ({ heading: titled(heading), points }));
}

const section = (heading: string, ...points: readonly string[]): Section => ({ heading, points });

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
