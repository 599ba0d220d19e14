import type { Tables } from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import { backlinks, domains, type DomainRow } from '../tables/links.ts';
import type { Link, Site } from './link.ts';
import { registrableDomain } from './registrable-domain.ts';

/** Links with what is known of the sites they come from, and whose they are. */
export interface LinkData {
  readonly links: readonly Link[];
  readonly sites: readonly Site[];
  /** Registrable domains. */
  readonly own: ReadonlySet<string>;
  readonly rivals: ReadonlySet<string>;
}

/** Every link and site of the project. */
export async function loadLinkData(tables: Tables): Promise<LinkData> {
  const links: Link[] = [];
  for await (const page of tables.open(backlinks).pages()) links.push(...page);
  return { links, ...(await loadSites(tables)) };
}

/** The sites of the project: own ones, competitors and all others. */
export async function loadSites(
  tables: Tables,
): Promise<Omit<LinkData, 'links' | 'sites'> & { readonly sites: readonly DomainRow[] }> {
  const sites: DomainRow[] = [];
  const own = new Set<string>();
  const rivals = new Set<string>();
  for await (const page of tables.open(domains).pages())
    for (const site of page) {
      sites.push(site);
      if (site.isOwn) own.add(site.name);
      if (site.isCompetitor) rivals.add(site.name);
    }
  return { sites, own, rivals };
}

const RELS: readonly Link['rel'][] = ['nofollow', 'ugc', 'sponsored'];
const PLACEMENTS: readonly Link['placement'][] = ['content', 'sidebar', 'footer'];

/**
 * Reads items as links, one each; `authority`, `topical` and `spam` of an item are those of its site.
 * Column names of Ahrefs and Semrush exports are known too.
 *
 * @throws {InputError} naming the item and the field.
 */
export function readLinkItems(
  rows: readonly Readonly<Record<string, unknown>>[],
): Omit<LinkData, 'own' | 'rivals'> {
  const sites = new Map<string, Site>();
  const links = rows.map((row, index) => {
    const field = itemFields(row, index);
    const fromUrl = field.need('fromUrl', 'Referring page URL', 'Source url', 'source');
    const toUrl = field.need('toUrl', 'Target URL', 'Target url', 'target');
    const fromDomain = domainOf(fromUrl, index);
    const site = {
      name: fromDomain,
      authority: field.number('authority', 'Domain rating', 'Page ascore') ?? null,
      topical: field.number('topical') ?? null,
      spam: field.number('spam') ?? null,
    };
    if (!sites.has(fromDomain) || site.authority !== null) sites.set(fromDomain, site);
    return {
      fromUrl,
      fromDomain,
      toUrl,
      toDomain: domainOf(toUrl, index),
      anchor: field.text('anchor', 'Anchor') ?? null,
      rel: relOf(field.text('rel', 'Type'), row),
      placement: PLACEMENTS.find((place) => place === field.text('placement')) ?? 'content',
      outlinks: field.number('outlinks', 'External links', 'External Links') ?? null,
      firstSeen: field.time('firstSeen', 'First seen', 'First Seen') ?? null,
      lostAt: field.time('lostAt', 'Lost', 'Lost date') ?? null,
      brokenSince: field.time('brokenSince') ?? null,
    };
  });
  return { links, sites: [...sites.values()] };
}

function relOf(told: string | undefined, row: Readonly<Record<string, unknown>>): Link['rel'] {
  const words = (told ?? '').toLowerCase();
  const named = RELS.find(
    (rel) => words.includes(rel) || isYes(row[rel]) || isYes(row[titled(rel)]),
  );
  return named ?? 'follow';
}

const titled = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const isYes = (value: unknown) => value === true || String(value).toLowerCase() === 'true';

function domainOf(address: string, index: number): string {
  const domain = registrableDomain(address);
  if (domain) return domain;
  throw new InputError(
    `Item ${index}: "${address}" is not the address of a site`,
    'Give whole addresses, such as https://example.com/page',
  );
}
