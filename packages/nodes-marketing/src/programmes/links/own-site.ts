import type { Tables } from '@millrace/workflow/node-api';
import { loadSites } from '../../backlinks/read-links.ts';
import { createLinkJudge } from '../../backlinks/judge-links.ts';
import type { Site } from '../../backlinks/link.ts';
import type { Contact, ProspectFacts } from '../../outreach-plan/find-prospects.ts';
import { createTargetFinder, type OwnPage } from '../../outreach-plan/target-page.ts';
import { pages } from '../../tables/keywords.ts';

/** The own site and what is around it. */
export interface OwnSite {
  readonly own: ReadonlySet<string>;
  readonly rivals: ReadonlySet<string>;
  readonly facts: ProspectFacts;
}

/** Reads the sites and the own pages of the project. */
export async function readOwnSite(tables: Tables): Promise<OwnSite> {
  const { own, rivals, sites } = await loadSites(tables);
  const ownPages: OwnPage[] = [];
  for await (const page of tables.open(pages).pages({
    columns: ['url', 'title'],
    where: { hasErrors: false },
  }))
    ownPages.push(...page);
  const byName = new Map<string, Site & Contact>(sites.map((site) => [site.name, site]));
  return {
    own,
    rivals,
    facts: {
      judge: createLinkJudge(sites),
      sites: byName,
      targetFor: createTargetFinder(ownPages),
    },
  };
}
