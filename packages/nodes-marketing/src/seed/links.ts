import type { NewRow } from '@millrace/workflow/node-api';
import { createRandom } from '../stats/math/random.ts';
import type { backlinks, domains, journalistQueries } from '../tables/links.ts';
import { chance, pick, scattered } from './pick.ts';
import { PRODUCTS, SITE_ENDINGS, SITE_WORDS } from './vocabulary.ts';

export const OWN_DOMAIN = 'shop.example';
export const COMPETITORS = ['roastery.example', 'beanhouse.example', 'cupworks.example'] as const;

const MOST_SITES = SITE_WORDS.length * SITE_WORDS.length * SITE_ENDINGS.length * 10;
const DAY_MS = 86_400_000;
const RELS = ['follow', 'follow', 'follow', 'nofollow', 'ugc', 'sponsored'] as const;
const PLACEMENTS = ['content', 'content', 'content', 'sidebar', 'footer'] as const;

/** Sites about coffee and near it, the own one and three competitors first. */
export function* seedDomains(count: number, seed: number): Generator<NewRow<typeof domains>> {
  const random = createRandom(seed);
  yield { name: OWN_DOMAIN, authority: 38, topical: 1, spam: 0, isOwn: true };
  for (const name of COMPETITORS)
    yield { name, authority: 45 + random.below(20), topical: 1, spam: 0, isCompetitor: true };
  for (let n = 0; n < count - 1 - COMPETITORS.length; n += 1) {
    const authority = Math.round(100 * random.beta(1.5, 4));
    const name = siteName(n);
    yield {
      name,
      authority,
      authoritySource: 'seed',
      topical: Math.round(100 * random.beta(2, 3)) / 100,
      spam: Math.round(100 * random.beta(1, 8)) / 100,
      contactEmail: n % 5 < 3 ? `editor@${name}` : null,
    };
  }
}

function siteName(n: number): string {
  const place = scattered(n, MOST_SITES);
  const first = SITE_WORDS[place % SITE_WORDS.length];
  const second = SITE_WORDS[Math.floor(place / SITE_WORDS.length) % SITE_WORDS.length];
  const rest = Math.floor(place / SITE_WORDS.length ** 2);
  const ending = SITE_ENDINGS[rest % SITE_ENDINGS.length];
  const number = Math.floor(rest / SITE_ENDINGS.length);
  return `${first}${second}${ending}${number || ''}.example`;
}

export interface SeedLinkCounts {
  /** Links to the own site, and to all competitors together. */
  readonly own: number;
  readonly rivals: number;
  /** Sites that may link. */
  readonly sites: number;
}

/** Links to the own site and to competitors; strong sites link more often, as they do. */
export function* seedBacklinks(
  { own, rivals, sites }: SeedLinkCounts,
  seed: number,
  now: number,
): Generator<NewRow<typeof backlinks>> {
  const random = createRandom(seed);
  for (let n = 0; n < own + rivals; n += 1) {
    const toDomain = n < own ? OWN_DOMAIN : pick(random, COMPETITORS);
    const fromDomain = siteName(Math.floor((sites - 4) * random.next() ** 1.4));
    const product = pick(random, PRODUCTS);
    const firstSeen = now - random.below(700) * DAY_MS;
    yield {
      fromUrl: `https://${fromDomain}/${product.replaceAll(' ', '-')}-${n}`,
      fromDomain,
      toUrl: `https://${toDomain}/${product.replaceAll(' ', '-')}`,
      toDomain,
      anchor: product,
      rel: pick(random, RELS),
      placement: pick(random, PLACEMENTS),
      outlinks: 1 + random.below(120),
      firstSeen,
      lastSeen: now,
      lostAt: chance(random, 0.08) ? now - random.below(60) * DAY_MS : null,
      brokenSince: toDomain !== OWN_DOMAIN && n % 40 === 0 ? now - 5 * DAY_MS : null,
    };
  }
}

const OUTLETS = [
  'The Morning Page',
  'Kitchen Weekly',
  'Slow Food Notes',
  'Home & Cup',
  'Retail Letter',
] as const;
const QUESTIONS = [
  'how people choose a ITEM for a small kitchen',
  'the most common mistakes with a ITEM',
  'what a good ITEM costs and why',
  'how long a ITEM should last',
  'whether a ITEM saves money against a café',
] as const;

/** Journalists' queries with deadlines from yesterday to in two weeks. */
export function* seedQueries(
  count: number,
  seed: number,
  now: number,
): Generator<NewRow<typeof journalistQueries>> {
  const random = createRandom(seed);
  for (let n = 0; n < count; n += 1) {
    const product = pick(random, PRODUCTS);
    const question = pick(random, QUESTIONS).replace('ITEM', product);
    yield {
      summary: `Looking for experts on ${product} (${n + 1})`,
      outlet: pick(random, OUTLETS),
      email: `query-${n + 1}@journalists.example`,
      category: 'Lifestyle',
      query: `I am writing about ${question}. Please send two or three sentences and your name.`,
      requirements: 'Works with coffee professionally',
      deadline: now + Math.round((15 * random.next() - 1) * DAY_MS),
      receivedAt: now - random.below(72) * 3_600_000,
    };
  }
}
