import { load } from 'cheerio/slim';
import { keywordTerms } from '../keyword-terms.ts';
import { wordsOf } from '../text/words.ts';

/** What a page is to be found for. */
export interface PageTarget {
  readonly keyword: string;
  readonly url: string;
  /** Subjects the headings and the text should speak of, as words or phrases. */
  readonly subtopics?: readonly string[];
  readonly terms?: readonly string[];
  /** Words that pages in the first ranks have; 1,200 when left out. */
  readonly targetWords?: number;
}

export interface PageCheck {
  readonly check: string;
  readonly points: number;
  readonly of: number;
  /** What to do for the points that are missing; empty when none are. */
  readonly advice: string;
}

export interface PageScore {
  /** 0–100. */
  readonly score: number;
  readonly checks: readonly PageCheck[];
}

/** What the checks look at. */
interface Page {
  readonly title: string;
  readonly description: string;
  readonly headings: readonly string[];
  readonly subheadings: readonly string[];
  readonly words: readonly string[];
  readonly links: { readonly own: number; readonly other: number };
  readonly images: { readonly all: number; readonly described: number };
  readonly hasSchema: boolean;
}

type Check = (
  page: Page,
  target: PageTarget,
) => { readonly share: number; readonly advice: string };

const TITLE_CHARACTERS = { low: 20, high: 60 };
const DESCRIPTION_CHARACTERS = { low: 120, high: 158 };
const DENSITY = { low: 0.003, high: 0.025 };
const USUAL_WORDS = 1200;
const OPENING_WORDS = 100;
const OWN_LINKS = 3;

const yes = (isGood: boolean, advice: string) => ({ share: isGood ? 1 : 0, advice });
const within = (value: number, { low, high }: { low: number; high: number }) =>
  value >= low && value <= high;

/** Weights sum to 100; readability is scored apart (marketing.md A39). */
const CHECKS: readonly (readonly [name: string, points: number, check: Check])[] = [
  [
    'keyword in title',
    12,
    ({ title }, { keyword }) => yes(holds(title, keyword), `Put “${keyword}” into the title`),
  ],
  [
    'title length',
    8,
    ({ title }) =>
      yes(
        within(title.length, TITLE_CHARACTERS),
        `The title has ${title.length} characters; 20–60 are shown whole`,
      ),
  ],
  [
    'description',
    8,
    ({ description }, { keyword }) => ({
      share:
        (within(description.length, DESCRIPTION_CHARACTERS) ? 0.5 : 0) +
        (holds(description, keyword) ? 0.5 : 0),
      advice: `Write a description of 120–158 characters (now ${description.length}) with “${keyword}”`,
    }),
  ],
  [
    'main heading',
    8,
    ({ headings }, { keyword }) => ({
      share:
        (headings.length === 1 ? 0.5 : 0) +
        (headings.some((each) => holds(each, keyword)) ? 0.5 : 0),
      advice: `Have one h1 (now ${headings.length}), with “${keyword}”`,
    }),
  ],
  [
    'opening',
    6,
    ({ words }, { keyword }) =>
      yes(
        holds(words.slice(0, OPENING_WORDS).join(' '), keyword),
        `Say “${keyword}” in the first 100 words`,
      ),
  ],
  [
    'subheadings',
    8,
    ({ subheadings }, { subtopics, keyword }) =>
      coverage(subheadings.join(' '), subtopics ?? [keyword], 'headings'),
  ],
  [
    'terms',
    14,
    ({ words }, { terms, keyword }) => coverage(words.join(' '), terms ?? [keyword], 'text'),
  ],
  [
    'density',
    4,
    ({ words }, { keyword }) => {
      const density = densityOf(words, keyword);
      return yes(
        within(density, DENSITY),
        `“${keyword}” is ${(100 * density).toFixed(1)} % of the words; .3–2.5 % reads naturally`,
      );
    },
  ],
  [
    'own links',
    8,
    ({ links }) => ({
      share: Math.min(1, links.own / OWN_LINKS),
      advice: `Link to ${OWN_LINKS} own pages (now ${links.own})`,
    }),
  ],
  ['other links', 4, ({ links }) => yes(links.other > 0, 'Name a source: link to another site')],
  [
    'image texts',
    4,
    ({ images }) => ({
      share: images.all === 0 ? 1 : images.described / images.all,
      advice: `${images.all - images.described} images have no alt text`,
    }),
  ],
  [
    'address',
    4,
    (_, { url, keyword }) => yes(holds(slugOf(url), keyword), `Put “${keyword}” into the address`),
  ],
  [
    'length',
    8,
    ({ words }, { targetWords = USUAL_WORDS }) => ({
      share: Math.min(1, words.length / targetWords),
      advice: `The text has ${words.length} words; pages that rank have ${targetWords}`,
    }),
  ],
  [
    'structured data',
    4,
    ({ hasSchema }) => yes(hasSchema, 'Describe the page in schema.org JSON-LD'),
  ],
];

/** How well a page is made to be found for a keyword, check by check with what to do. */
export function scorePage(html: string, target: PageTarget): PageScore {
  const page = readPage(html, target.url);
  const checks = CHECKS.map(([check, of, judge]) => {
    const { share, advice } = judge(page, target);
    return { check, points: of * share, of, advice: share === 1 ? '' : advice };
  });
  return { score: checks.reduce((sum, { points }) => sum + points, 0), checks };
}

function readPage(html: string, url: string): Page {
  const $ = load(html);
  const hasSchema = $('script[type="application/ld+json"]').length > 0;
  const texts = (selector: string) =>
    $(selector)
      .toArray()
      .map((each) => $(each).text().trim());
  const images = $('img').toArray();
  const links = $('a[href]')
    .toArray()
    .map((each) => hostOf($(each).attr('href') ?? '', url));
  const own = hostOf(url, url);
  const page = {
    title: $('title').first().text().trim(),
    description: ($('meta[name="description" i]').attr('content') ?? '').trim(),
    headings: texts('h1'),
    subheadings: texts('h2, h3'),
    links: {
      own: links.filter((host) => host !== undefined && host === own).length,
      other: links.filter((host) => host !== undefined && host !== own).length,
    },
    images: {
      all: images.length,
      described: images.filter((each) => ($(each).attr('alt') ?? '').trim()).length,
    },
    hasSchema,
  };
  $('script, style, nav, footer, noscript').remove();
  // A block's end is a word's end.
  $('*').append(' ');
  return { ...page, words: wordsOf($('body').text().toLowerCase()) };
}

/** The host a link leads to; undefined for mail, telephone and the like, and what is no address. */
function hostOf(href: string, base: string): string | undefined {
  if (!URL.canParse(href, base)) return undefined;
  const { protocol, host } = new URL(href, base);
  return protocol.startsWith('http') ? host : undefined;
}

const slugOf = (url: string): string =>
  URL.canParse(url) ? decodeURIComponent(new URL(url).pathname).replaceAll(/[-_/]+/g, ' ') : '';

/** All terms of the phrase are there, in any form and order. */
function holds(text: string, phrase: string): boolean {
  const own = new Set(keywordTerms(text));
  return keywordTerms(phrase).every((term) => own.has(term));
}

function coverage(text: string, wanted: readonly string[], where: string) {
  const missing = wanted.filter((each) => !holds(text, each));
  const share = wanted.length === 0 ? 1 : 1 - missing.length / wanted.length;
  return { share, advice: `Not in the ${where}: ${missing.join(', ')}` };
}

function densityOf(words: readonly string[], keyword: string): number {
  const phrase = wordsOf(keyword.toLowerCase());
  if (phrase.length === 0 || words.length === 0) return 0;
  const hits = words.filter((_, at) => phrase.every((word, place) => words[at + place] === word));
  return (hits.length * phrase.length) / words.length;
}
