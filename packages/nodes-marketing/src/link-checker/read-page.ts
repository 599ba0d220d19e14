import { load, type CheerioAPI } from 'cheerio';
import type { BacklinkFacts } from '../stats/links/link-quality.ts';
import type { Visit } from './visitor.ts';

type Page = Extract<Visit, { kind: 'page' }>;

/** A link as it stands on a page. */
export interface FoundLink {
  readonly url: string;
  /** Its words, or the description of its picture. */
  readonly anchor: string;
  readonly rel: BacklinkFacts['rel'];
  readonly placement: BacklinkFacts['placement'];
  readonly isHidden: boolean;
}

/** What a page says of itself. */
export interface PageFacts {
  readonly links: readonly FoundLink[];
  /** Search engines are asked to leave it out. */
  readonly isNoindex: boolean;
  /** The page it says to be a copy of; null when it is itself. */
  readonly canonical: string | null;
  /** It answers that all is well and says that there is nothing. */
  readonly isSoft404: boolean;
  /** Its links are probably made by a script, which is not run here. */
  readonly isMadeByScript: boolean;
}

/** Reads a page. Links of a page that says "nofollow" as a whole are not followed. */
export function readPage({ text, url, headers }: Page): PageFacts {
  const $ = load(text);
  const base = URL.parse($('base[href]').attr('href') ?? '', url)?.href ?? url;
  const robots = `${$('meta[name="robots" i]').attr('content') ?? ''} ${String(headers['x-robots-tag'] ?? '')}`;
  const isNofollow = /\b(nofollow|none)\b/i.test(robots);
  const links = linksOf($, base).map((link) =>
    isNofollow && link.rel === 'follow' ? { ...link, rel: 'nofollow' as const } : link,
  );
  const canonical = URL.parse($('link[rel="canonical" i]').attr('href') ?? '', base)?.href;
  return {
    links,
    isNoindex: /\b(noindex|none)\b/i.test(robots),
    canonical: canonical !== undefined && !isSamePage(canonical, url) ? canonical : null,
    isSoft404: saysNotFound($),
    isMadeByScript: links.length < 3 && $('script').length > 0 && wordsIn($('body')) < 50,
  };
}

function linksOf($: CheerioAPI, base: string): FoundLink[] {
  return $('a[href]')
    .toArray()
    .flatMap((element) => {
      const link = $(element);
      const url = URL.parse(link.attr('href') ?? '', base);
      if (!url || !/^https?:$/.test(url.protocol)) return [];
      const words = link.text().replaceAll(/\s+/g, ' ').trim();
      return [
        {
          url: url.href,
          anchor: (words || link.find('img[alt]').attr('alt') || '').slice(0, 300),
          rel: relOf(link.attr('rel') ?? ''),
          placement: placementOf(link),
          isHidden:
            link.closest(
              '[hidden], [style*="display:none" i], [style*="display: none" i], template, noscript',
            ).length > 0,
        },
      ];
    });
}

type Link = ReturnType<CheerioAPI>;

function placementOf(link: Link): FoundLink['placement'] {
  if (
    link.closest('footer, [role="contentinfo"], [id*="footer" i], [class*="footer" i]').length > 0
  )
    return 'footer';
  const aside =
    'aside, nav, [role="navigation"], [id*="sidebar" i], [class*="sidebar" i], [class*="blogroll" i]';
  return link.closest(aside).length > 0 ? 'sidebar' : 'content';
}

function relOf(rel: string): FoundLink['rel'] {
  const words = rel.toLowerCase().split(/\s+/);
  return (
    (['sponsored', 'ugc', 'nofollow'] as const).find((word) => words.includes(word)) ?? 'follow'
  );
}

const NOT_FOUND =
  /\b404\b|not found|page (?:does ?n[o’']t|doesn['’]?t) exist|no longer (?:available|exists)|nicht gefunden|existiert nicht/i;
/** Articles speak of pages that were not found too, but at length. */
const SHORT_PAGE = 150;

function saysNotFound($: CheerioAPI): boolean {
  const told = `${$('title').first().text()} ${$('h1').first().text()}`;
  return NOT_FOUND.test(told) && wordsIn($('body')) < SHORT_PAGE;
}

const wordsIn = (element: Link): number => {
  const copy = element.clone();
  copy.find('script, style, nav, footer, header').remove();
  return copy.text().split(/\s+/).filter(Boolean).length;
};

/** Whether two addresses are the same page: letters of the host, marks of campaigns and the like do not count. */
export const isSamePage = (a: string, b: string): boolean => keyOf(a) === keyOf(b);

const TRACKING = /^(?:utm_\w+|gclid|fbclid|msclkid|ref)$/i;

function keyOf(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  const query = [...url.searchParams].filter(([name]) => !TRACKING.test(name)).toSorted();
  const path = url.pathname.replace(/\/(?:index\.html?)?$/, '');
  return `${url.host.replace(/^www\./, '')}${path}?${new URLSearchParams(query)}`;
}
