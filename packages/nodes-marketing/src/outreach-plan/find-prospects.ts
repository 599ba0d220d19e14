import type { LinkJudge } from '../backlinks/judge-links.ts';
import type { Link, Site } from '../backlinks/link.ts';
import { registrableDomain } from '../backlinks/registrable-domain.ts';
import type { LinkGap } from '../stats/links/link-gap.ts';
import { linkQuality } from '../stats/links/link-quality.ts';
import type { JournalistQuery } from '../tables/links.ts';
import type { Prospect } from './prospect.ts';
import type { OwnPage } from './target-page.ts';

/** Who to write to at a site. */
export interface Contact {
  readonly contactName: string | null;
  readonly contactEmail: string | null;
}

/** What prospects are judged by. */
export interface ProspectFacts {
  readonly judge: LinkJudge;
  readonly sites: ReadonlyMap<string, Site & Contact>;
  targetFor(subject: string): OwnPage | undefined;
}

/** Spam sites are not asked, however many competitors they link to. */
const SPAM = 0.6;

/** Sites that link to competitors; `examples` names one such link of each. */
export const fromGaps = (
  gaps: readonly LinkGap[],
  examples: ReadonlyMap<string, Link>,
  facts: ProspectFacts,
): Prospect[] =>
  gaps.flatMap(({ domain, competitors }) => {
    const example = examples.get(domain);
    return siteProspect(facts, {
      kind: 'linkGap',
      domain,
      url: example?.fromUrl ?? null,
      target: facts.targetFor(example?.toUrl ?? '')?.url ?? null,
      reasons: [`Links to ${competitors.join(', ')}, not to us`],
    });
  });

/** Links of others to pages that are gone: ours can take their place. One a site. */
export const fromBrokenLinks = (links: readonly Link[], facts: ProspectFacts): Prospect[] =>
  onePerSite(links).flatMap((link) => {
    const target = facts.targetFor(link.toUrl);
    if (!target) return [];
    return siteProspect(facts, {
      kind: 'brokenLink',
      domain: link.fromDomain,
      url: link.fromUrl,
      target: target.url,
      reasons: [`Its link to ${link.toUrl} leads nowhere`],
    });
  });

/** Links to us that are gone. One a site. */
export const fromLostLinks = (links: readonly Link[], facts: ProspectFacts): Prospect[] =>
  onePerSite(links).flatMap((link) =>
    siteProspect(facts, {
      kind: 'lostLink',
      domain: link.fromDomain,
      url: link.fromUrl,
      target: link.toUrl,
      reasons: [`Linked to us until ${new Date(link.lostAt ?? 0).toISOString().slice(0, 10)}`],
    }),
  );

const onePerSite = (links: readonly Link[]): Link[] => [
  ...new Map(links.map((link) => [link.fromDomain, link])).values(),
];

/** A question with its likeness to our subject, 0–1. */
export interface JudgedQuery {
  readonly query: JournalistQuery;
  readonly relevance: number;
}

/** Journalists who want an answer. */
export const fromQueries = (
  queries: readonly JudgedQuery[],
  { judge, targetFor }: ProspectFacts,
): Prospect[] =>
  queries.flatMap(({ query, relevance }) => {
    const domain = registrableDomain(query.email.split('@').at(-1) ?? '');
    if (!domain) return [];
    const authority = judge.standing(domain);
    return {
      kind: 'journalist' as const,
      domain,
      url: null,
      contactName: query.journalist,
      contactEmail: query.email.toLowerCase(),
      targetUrl: targetFor(query.summary)?.url ?? null,
      authority,
      topical: relevance,
      value: worth({ authority, topical: relevance, spam: 0 }),
      reasons: [`${query.outlet ?? 'A journalist'} asks: ${query.summary}`],
      deadline: query.deadline,
    };
  });

interface SiteFinding {
  readonly kind: 'linkGap' | 'brokenLink' | 'lostLink';
  readonly domain: string;
  readonly url: string | null;
  readonly target: string | null;
  readonly reasons: readonly string[];
}

function siteProspect(
  { judge, sites }: ProspectFacts,
  { kind, domain, url, target, reasons }: SiteFinding,
): Prospect[] {
  const site = sites.get(domain);
  const spam = site?.spam ?? 0.2;
  if (spam >= SPAM) return [];
  const authority = judge.standing(domain);
  const topical = judge.topical(domain);
  const email = site?.contactEmail?.toLowerCase() ?? '';
  return [
    {
      kind,
      domain,
      url,
      contactName: site?.contactName ?? null,
      contactEmail: email,
      targetUrl: target,
      authority,
      topical,
      value: worth({ authority, topical, spam }),
      reasons: email ? reasons : [...reasons, 'No address of a contact is known yet'],
      deadline: null,
    },
  ];
}

/** Quality of a followed link in the text of a usual page there. */
const worth = (site: {
  readonly authority: number;
  readonly topical: number;
  readonly spam: number;
}): number => linkQuality({ ...site, rel: 'follow', placement: 'content', outlinks: 30 }).score;
