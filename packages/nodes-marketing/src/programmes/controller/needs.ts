import type { Tables } from '@millrace/workflow/node-api';
import { campaignMemories, campaigns } from '../../tables/campaigns.ts';
import { schedule } from '../../tables/content.ts';
import { keywords } from '../../tables/keywords.ts';
import { backlinks, domains } from '../../tables/links.ts';
import { outreachThreads } from '../../tables/outreach.ts';
import type { Programme } from '../../tables/programmes.ts';
import { trends } from '../../tables/trends.ts';

/** Something in the way of a programme, and what to do about it. */
export interface Problem {
  readonly problem: string;
  readonly fix: string;
}

interface Need extends Problem {
  isMissing(tables: Tables, now: number): Promise<boolean>;
}

const DAY_MS = 86_400_000;
const SAMPLES = 'fill the project with samples (POST /api/v1/marketing/samples) to try it out';

/** Data and credentials the programmes cannot do without, by the traces that their lack leaves. */
const NEEDS: Readonly<Record<Programme, readonly Need[]>> = {
  seo: [
    {
      problem: 'There are no keywords',
      fix: `Import an export of Search Console, Semrush or Ahrefs, or ${SAMPLES}`,
      isMissing: async (tables) => !(await tables.open(keywords).find(FIRST)).length,
    },
  ],
  content: [
    {
      problem: 'There are no trends',
      fix: `Run a workflow with the Trend Detector, or ${SAMPLES}`,
      isMissing: async (tables) => !(await tables.open(trends).find(FIRST)).length,
    },
    {
      problem: 'Content that was due more than a day ago has not been published',
      fix: 'Activate the workflow that publishes it, and check the credentials of its channels',
      isMissing: async (tables, now) =>
        (await tables.open(schedule).count({ state: 'planned', plannedAt: { lt: now - DAY_MS } })) >
        0,
    },
  ],
  links: [
    {
      problem: 'There are no links',
      fix: `Import an export of links to your site and to those of competitors, or ${SAMPLES}`,
      isMissing: async (tables) => !(await tables.open(backlinks).find(FIRST)).length,
    },
    {
      problem: 'No domain is marked as your own',
      fix: 'Mark yours: without it links that competitors have and you do not cannot be told',
      isMissing: async (tables) => (await tables.open(domains).count({ isOwn: true })) === 0,
    },
    {
      problem: 'Mails that were due more than a day ago have not been sent',
      fix: 'Activate the workflow with the Outreach Sender, and check its SMTP credential',
      isMissing: async (tables, now) =>
        (await tables
          .open(outreachThreads)
          .count({ state: 'queued', dueAt: { lt: now - DAY_MS } })) > 0,
    },
  ],
  campaigns: [
    {
      problem: 'There are no memories of past campaigns to design from',
      fix: `Record past campaigns with the Campaign Memory node, or ${SAMPLES}`,
      isMissing: async (tables) => !(await tables.open(campaignMemories).find(FIRST)).length,
    },
    {
      problem: 'Campaigns wait for a yes and their start is past',
      fix: 'Approve or drop them (PATCH /api/v1/marketing/campaigns/:id)',
      isMissing: async (tables, now) =>
        (await tables
          .open(campaigns)
          .count({ status: 'designed', approvedAt: null, startsAt: { lt: now } })) > 0,
    },
  ],
};

const FIRST = { limit: 1 } as const;

/** What a programme lacks. */
export async function findProblems(
  tables: Tables,
  programme: Programme,
  now: number,
): Promise<Problem[]> {
  const missing = await Promise.all(NEEDS[programme].map((need) => need.isMissing(tables, now)));
  return NEEDS[programme]
    .filter((_, index) => missing[index])
    .map(({ problem, fix }) => ({ problem, fix }));
}
