import { registrableDomain } from '../backlinks/registrable-domain.ts';
import type { GoneMemory } from './gone.ts';
import { isSamePage, readPage, type FoundLink, type PageFacts } from './read-page.ts';
import type { Visit, Visitor } from './visitor.ts';

export interface LinkToVerify {
  readonly fromUrl: string;
  readonly toUrl: string;
}

/** Whether a link is there, and what it is worth to search engines. */
export interface LinkState {
  /** `suspect`: the page is gone, and one look does not prove it. */
  readonly state: 'live' | 'lost' | 'suspect' | 'unknown';
  readonly anchor: string | null;
  readonly rel: FoundLink['rel'] | null;
  readonly placement: FoundLink['placement'] | null;
  readonly outlinks: number | null;
  /** The page the link leads to, where it is another one of the same site. */
  readonly leadsTo: string | null;
  readonly isNoindex: boolean | null;
  readonly canonical: string | null;
  readonly redirects: readonly string[];
  /** What makes it worth less, in words. */
  readonly weaknesses: readonly string[];
  readonly explain: string;
}

const NOTHING: Omit<LinkState, 'state' | 'explain'> = {
  anchor: null,
  rel: null,
  placement: null,
  outlinks: null,
  leadsTo: null,
  isNoindex: null,
  canonical: null,
  redirects: [],
  weaknesses: [],
};

/** Looks whether a link is live. What could not be found out is unknown, never lost. */
export async function verifyLink(
  { fromUrl, toUrl }: LinkToVerify,
  visitor: Visitor,
  gone: GoneMemory,
): Promise<LinkState> {
  const visit = await visitor.visit(fromUrl);
  if (visit.kind === 'gone') return goneState(fromUrl, visit.reason, gone);
  if (visit.kind !== 'page') return { ...NOTHING, state: 'unknown', explain: visit.reason };
  const page = readPage(visit);
  const link = linkTo(toUrl, page.links);
  if (!link && page.isSoft404)
    return goneState(fromUrl, 'It answers 200 and says that there is nothing', gone);
  await gone.sawAlive(fromUrl);
  if (link) return liveState(link, toUrl, page, visit);
  if (page.isMadeByScript)
    return {
      ...NOTHING,
      state: 'unknown',
      explain: 'The page is made by a script, so its links cannot be seen',
    };
  return {
    ...NOTHING,
    state: 'lost',
    redirects: visit.redirects,
    isNoindex: page.isNoindex,
    explain: `The page is there, and none of its ${page.links.length} links leads to ${toUrl}`,
  };
}

async function goneState(url: string, reason: string, gone: GoneMemory): Promise<LinkState> {
  const since = await gone.saw(url, reason);
  if (since === null)
    return { ...NOTHING, state: 'suspect', explain: `${reason}; a look a day later will tell` };
  const day = new Date(since).toISOString().slice(0, 10);
  return { ...NOTHING, state: 'lost', explain: `${reason}, since ${day} at least` };
}

/** The best link to a page, or to another page of its site. */
function linkTo(toUrl: string, links: readonly FoundLink[]): FoundLink | undefined {
  const exact = links.filter(({ url }) => isSamePage(url, toUrl));
  const site = registrableDomain(toUrl);
  const near = links.filter(({ url }) => site !== undefined && registrableDomain(url) === site);
  const worth = ({ rel, placement, isHidden }: FoundLink) =>
    (isHidden ? 0 : 4) + (rel === 'follow' ? 2 : 0) + (placement === 'content' ? 1 : 0);
  return (exact.length > 0 ? exact : near).toSorted((a, b) => worth(b) - worth(a))[0];
}

function liveState(
  link: FoundLink,
  toUrl: string,
  { links, isNoindex, canonical }: PageFacts,
  { redirects }: Extract<Visit, { kind: 'page' }>,
): LinkState {
  const leadsTo = isSamePage(link.url, toUrl) ? null : link.url;
  const weaknesses = [
    ...(link.rel === 'follow' ? [] : [`it says "${link.rel}"`]),
    ...(link.placement === 'content' ? [] : [`it stands in the ${link.placement}`]),
    ...(link.isHidden ? ['it is hidden'] : []),
    ...(isNoindex ? ['search engines leave the page out'] : []),
    ...(canonical === null ? [] : [`the page says to be a copy of ${canonical}`]),
    ...(redirects.length === 0 ? [] : ['the page moved']),
    ...(leadsTo === null ? [] : [`it leads to ${leadsTo}`]),
  ];
  return {
    state: 'live',
    anchor: link.anchor,
    rel: link.rel,
    placement: link.placement,
    outlinks: links.length,
    leadsTo,
    isNoindex,
    canonical,
    redirects,
    weaknesses,
    explain:
      weaknesses.length === 0
        ? 'The link is live'
        : `The link is live, but ${weaknesses.join(', ')}`,
  };
}
