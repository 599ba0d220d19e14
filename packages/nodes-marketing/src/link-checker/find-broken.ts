import { InputError } from '../item-fields/input.error.ts';
import type { GoneMemory } from './gone.ts';
import { readPage } from './read-page.ts';
import type { Visit, Visitor } from './visitor.ts';

/** A link on a page that leads nowhere. */
export interface BrokenLink {
  readonly page: string;
  readonly url: string;
  readonly anchor: string;
  readonly placement: string;
  readonly isExternal: boolean;
  /** Seen gone twice, a day apart. */
  readonly isConfirmed: boolean;
  readonly explain: string;
}

/** What came of looking for them on a page. */
export interface BrokenSearch {
  readonly broken: readonly BrokenLink[];
  /** Why the page itself could not be read; null when it could. */
  readonly problem: string | null;
}

/** Looks at up to `most` links of a page. A link whose fate is unknown is not called broken. */
export async function findBroken(
  page: string,
  {
    visitor,
    gone,
    most,
  }: { readonly visitor: Visitor; readonly gone: GoneMemory; readonly most: number },
): Promise<BrokenSearch> {
  if (!/^https?:\/\//i.test(page))
    throw new InputError(
      `"${page}" is no address of a page`,
      'Give whole addresses, such as https://example.com/page',
    );
  const visit = await visitor.visit(page);
  if (visit.kind !== 'page') return { broken: [], problem: visit.reason };
  const { host } = new URL(visit.url);
  const seen = new Set<string>([withoutHash(visit.url)]);
  const broken: BrokenLink[] = [];
  for (const { url, anchor, placement } of readPage(visit).links) {
    const target = withoutHash(url);
    if (seen.has(target) || seen.size > most) continue;
    seen.add(target);
    const looked = await look(target, visitor);
    if (looked.kind === 'page') await gone.sawAlive(target);
    if (looked.kind !== 'gone') continue;
    const since = await gone.saw(target, looked.reason);
    broken.push({
      page,
      url: target,
      anchor,
      placement,
      isExternal: new URL(target).host !== host,
      isConfirmed: since !== null,
      explain:
        since === null
          ? `${looked.reason}; a look a day later will tell`
          : `${looked.reason}, since ${new Date(since).toISOString().slice(0, 10)} at least`,
    });
  }
  return { broken, problem: null };
}

/** Asks for the head only, and for the page where a server does not know that, or says it is gone. */
async function look(url: string, visitor: Visitor): Promise<Visit> {
  const head = await visitor.visit(url, 'HEAD');
  if (head.kind === 'page' || head.kind === 'refused') return head;
  const whole = await visitor.visit(url);
  if (whole.kind !== 'page' || !readPage(whole).isSoft404) return whole;
  return { kind: 'gone', reason: 'It answers 200 and says that there is nothing' };
}

const withoutHash = (url: string): string => url.split('#')[0] ?? url;
