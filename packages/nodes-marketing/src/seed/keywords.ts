import type { NewRow } from '@millrace/workflow/node-api';
import { createRandom, type SeededRandom } from '../stats/math/random.ts';
import type { keywords } from '../tables/keywords.ts';
import { chance, scattered } from './pick.ts';
import { ENDINGS, MODIFIERS, PLACES, PRODUCTS } from './vocabulary.ts';

/** Keywords the vocabulary can make without a repetition. */
export const MOST_KEYWORDS = PRODUCTS.length * MODIFIERS.length * ENDINGS.length * PLACES.length;

/**
 * Search terms of the invented shop: volumes fall steeply, longer terms are rarer and easier, about a
 * third ranks somewhere, and a twentieth has no known difficulty, as in real exports.
 *
 * @param count - At most {@link MOST_KEYWORDS}.
 */
export function* seedKeywords(count: number, seed: number): Generator<NewRow<typeof keywords>> {
  const random = createRandom(seed);
  for (let n = 0; n < count; n += 1) yield keyword(scattered(n, MOST_KEYWORDS), random);
}

function keyword(place: number, random: SeededRandom): NewRow<typeof keywords> {
  const product = PRODUCTS[place % PRODUCTS.length] ?? '';
  const modifier =
    MODIFIERS[Math.floor(place / PRODUCTS.length) % MODIFIERS.length] ?? MODIFIERS[0];
  const rest = Math.floor(place / (PRODUCTS.length * MODIFIERS.length));
  const ending = ENDINGS[rest % ENDINGS.length] ?? '';
  const city = PLACES[Math.floor(rest / ENDINGS.length) % PLACES.length] ?? '';
  const text = [modifier.word, product, ending, city].filter(Boolean).join(' ');

  const tail = (ending ? 1.2 : 0) + (city ? 1.6 : 0);
  const volume = Math.round(modifier.weight * Math.exp(5 - tail + 1.2 * random.normal()));
  const difficulty = Math.round(
    clamp(12 + 6 * Math.log1p(volume) - 4 * tail + 12 * random.normal()),
  );
  const position = chance(random, 0.33) ? 1 + Math.floor(60 * random.next() ** 1.5) : null;
  const impressions = position === null ? null : Math.round(volume * (0.4 + 0.5 * random.next()));
  return {
    text,
    textNormal: text,
    intents: modifier.intent,
    volume,
    difficulty: chance(random, 0.05) ? null : difficulty,
    cpc: Math.round(100 * Math.exp(-0.3 + 0.6 * random.normal())) / 100,
    position,
    impressions,
    clicks: position === null ? null : Math.round((impressions ?? 0) * (0.3 / position)),
    url: position === null ? null : `https://shop.example/${product.replaceAll(' ', '-')}`,
    source: 'seed',
  };
}

const clamp = (value: number): number => Math.min(100, Math.max(0, value));
