import {
  addColumn,
  c,
  createTable,
  defineMigration,
  type TableDeclaration,
} from '@millrace/workflow/node-api';
import { campaignDays, campaignMemories, campaigns } from './campaigns.ts';
import { channels, content, postMetrics, publications, schedule } from './content.ts';
import { experiments, exposures } from './experiments.ts';
import { fingerprints } from './fingerprints.ts';
import { agents, handoffs } from './handoffs.ts';
import { importParts } from './imports.ts';
import { clusters, keywords, pages, rankings } from './keywords.ts';
import { learnedModels } from './learned-models.ts';
import { goneLooks } from './link-checks.ts';
import { backlinks, domains, journalistQueries, prospects } from './links.ts';
import { gates, outreachMessages, outreachThreads, suppressions } from './outreach.ts';
import {
  conflicts,
  learnings,
  leases,
  plans,
  programmeRuns,
  programmeSettings,
} from './programmes.ts';
import { trendPoints, trends } from './trends.ts';

const firstTables: readonly TableDeclaration[] = [
  clusters,
  keywords,
  rankings,
  pages,
  trends,
  trendPoints,
  domains,
  backlinks,
  prospects,
  journalistQueries,
  outreachThreads,
  outreachMessages,
  suppressions,
  gates,
  campaigns,
  campaignDays,
  campaignMemories,
  content,
  channels,
  schedule,
  publications,
  postMetrics,
  programmeRuns,
  programmeSettings,
  plans,
  learnings,
  leases,
  conflicts,
  agents,
  handoffs,
  importParts,
];

const analysisTables: readonly TableDeclaration[] = [
  learnedModels,
  fingerprints,
  experiments,
  exposures,
  goneLooks,
];

/** Every table of the package, referred ones before those that refer to them. */
export const tables: readonly TableDeclaration[] = [...firstTables, ...analysisTables];

export const migrations = [
  defineMigration('0001-marketing', firstTables.map(createTable)),
  defineMigration('0002-analysis', analysisTables.map(createTable)),
  defineMigration('0003-query-pages', [addColumn(journalistQueries, 'url', c.nullable(c.text()))]),
];
