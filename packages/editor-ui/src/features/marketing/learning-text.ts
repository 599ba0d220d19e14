import type { Learning } from './api/learning.ts';

/** A learning's subject in parts: `success:tone=warm` is about `success`, and says `tone: warm`. */
export function subjectParts(subject: string): { readonly about: string; readonly words: string } {
  const [about = '', ...rest] = subject.split(':');
  const words = rest.join(':');
  return words ? { about, words: plainWords(words) } : { about: '', words: plainWords(about) };
}

/** `newPage` → `new page`, `email+search` → `email + search`, `tone=warm` → `tone: warm` */
export const plainWords = (name: string): string =>
  name
    .replace(
      /([a-z0-9])([A-Z])/g,
      (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
    )
    .replaceAll('+', ' + ')
    .replaceAll('=', ': ')
    .replaceAll('_', ' ');

/** Standard normal: 80 % lie within this many standard deviations, as in the returns of campaigns. */
const SPREAD = 1.2816;

/** The belief with its 80 % interval. Odds are shown as such, not as their logarithm. */
export function believed({ metric, mean, sd }: Pick<Learning, 'metric' | 'mean' | 'sd'>) {
  const scale = metric === 'logOdds' ? Math.exp : (value: number) => value;
  return {
    value: scale(mean),
    low: scale(mean - SPREAD * sd),
    high: scale(mean + SPREAD * sd),
  };
}

/** The value that means "as expected" or "makes no difference"; rates have none. */
export const neutralOf = (metric: string): number | undefined =>
  metric === 'rate' ? undefined : 1;
