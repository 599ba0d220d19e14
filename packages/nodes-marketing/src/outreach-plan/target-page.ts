import { keywordTerms } from '../stats/keyword-terms.ts';

/** A page of the own site. */
export interface OwnPage {
  readonly url: string;
  readonly title: string | null;
}

/**
 * Finds the own page nearest to a subject: most shared words, then the shortest address.
 *
 * @returns A function from a subject (text or address) to the page; `undefined` when none shares a word.
 */
export function createTargetFinder(
  pages: readonly OwnPage[],
): (subject: string) => OwnPage | undefined {
  const byTerm = new Map<string, OwnPage[]>();
  const ordered = pages.toSorted((a, b) => a.url.length - b.url.length || (a.url < b.url ? -1 : 1));
  for (const page of ordered)
    for (const term of keywordTerms(`${pathOf(page.url)} ${page.title ?? ''}`)) {
      const known = byTerm.get(term);
      if (known) known.push(page);
      else byTerm.set(term, [page]);
    }
  const found = new Map<string, OwnPage | undefined>();
  return (subject) => {
    const terms = keywordTerms(pathOf(subject));
    const key = terms.join(' ');
    if (!found.has(key)) found.set(key, mostShared(terms, byTerm));
    return found.get(key);
  };
}

function mostShared(
  terms: readonly string[],
  byTerm: ReadonlyMap<string, readonly OwnPage[]>,
): OwnPage | undefined {
  const shared = new Map<OwnPage, number>();
  for (const term of terms)
    for (const page of byTerm.get(term) ?? []) shared.set(page, (shared.get(page) ?? 0) + 1);
  let best: OwnPage | undefined;
  let most = 0;
  for (const [page, count] of shared)
    if (count > most || (count === most && best && isShorter(page, best)))
      [best, most] = [page, count];
  return best;
}

const isShorter = (a: OwnPage, b: OwnPage): boolean =>
  a.url.length < b.url.length || (a.url.length === b.url.length && a.url < b.url);

/** The words of an address are those of its path; other text stays as it is. */
const pathOf = (text: string): string =>
  URL.canParse(text) ? decodePath(new URL(text).pathname) : text;

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
