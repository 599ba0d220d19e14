import type { Action } from '../../stats/opportunity.ts';

/** What a page has to offer for a keyword (marketing.md A09). */
export interface ContentRequirements {
  readonly words: number;
  readonly titleMaxLength: number;
  readonly descriptionLength: readonly [number, number];
  readonly headings: readonly string[];
  readonly schemaType: 'Product' | 'Article' | 'FAQPage';
}

const WORDS = { informational: 1200, commercial: 700 } as const;

/** From the keyword's intent and the other keywords of its cluster, which become the headings. */
export function contentRequirements(
  keyword: { readonly text: string; readonly intents: string },
  related: readonly string[],
): ContentRequirements {
  const isInformational = keyword.intents.includes('informational');
  const isQuestion = /^(?:how|what|why|when|where|who|which|can|is|are|do|does)\b/.test(
    keyword.text,
  );
  return {
    words: isInformational ? WORDS.informational : WORDS.commercial,
    titleMaxLength: 60,
    descriptionLength: [120, 158],
    headings: related.filter((text) => text !== keyword.text).slice(0, 6),
    schemaType: isQuestion ? 'FAQPage' : isInformational ? 'Article' : 'Product',
  };
}

const STEPS: Readonly<Record<Action, readonly string[]>> = {
  update: [
    'Answer the search in the first 100 words',
    'Bring title and description to the lengths named',
    'Add the headings that are missing',
    'Link to the page from three related ones',
  ],
  newPage: [
    'Write a page of the length named, one heading for each related search',
    'Add the structured data named',
    'Link to it from three related pages',
    'Ask for indexing and watch the rank for 28 days',
  ],
  linkCampaign: [
    'Write the page first: links to nothing help nobody',
    'Find sites that link to two competitors and not to you',
    'Write to them, follow up twice',
    'Look again when ten sites link to the page',
  ],
};

/** What is to be done, in order. */
export const stepsFor = (action: Action): readonly string[] => STEPS[action];
