import type { WorkflowTemplate } from '@millrace/workflow/node-api';
import type { Programme } from '../tables/programmes.ts';
import { drawTemplate } from './draw.ts';
import { daily, weekly } from './schedule.ts';

const summary = (value: string) => ({
  name: 'Summary',
  type: 'set',
  version: 3.4,
  parameters: {
    assignments: {
      assignments: [{ id: 'summary', name: 'summary', type: 'string', value }],
    },
    includeOtherFields: true,
    options: {},
  },
});

const runOf = (name: string, programme: Programme) => ({
  name,
  type: 'marketing.marketingProgramme',
  parameters: { programme, until: 'completed' },
});

const seoEmpire = drawTemplate({
  id: 'seo-empire',
  name: 'SEO Empire',
  description:
    'Every Monday: scores and groups all keywords, plans the hundred best, writes briefs, and learns from what last plans brought.',
  tags: ['programme', 'seo'],
  note: '## SEO Empire\nImport your keywords under Marketing → Keywords first. Plans and briefs appear under Marketing → Programmes. A language model credential on the node words the briefs; without one a template does.',
  steps: [
    weekly,
    runOf('Run SEO', 'seo'),
    summary('={{ $json.figures.plans }} plans, {{ $json.figures.quickWins }} quick wins'),
  ],
});

const trendContent = drawTemplate({
  id: 'trend-content',
  name: 'Trend Content',
  description:
    'Every day: reads trends, finds the emerging ones, has ideas, writes briefs and drafts, and puts them into the calendar.',
  tags: ['programme', 'content', 'trends'],
  note: '## Trend Content\nFeed trends by import or the Trend Detector. Drafts wait for you in the calendar; nothing is published by itself.',
  steps: [
    daily,
    runOf('Run content', 'content'),
    summary('={{ $json.figures.emerging ?? 0 }} trends emerge'),
  ],
});

const linkBuilding = drawTemplate({
  id: 'link-building',
  name: 'Link Building',
  description:
    'Every Monday: judges links, finds who links to competitors and not to you, and queues outreach with follow-ups.',
  tags: ['programme', 'links', 'outreach'],
  note: '## Link Building\nImport backlinks and name competitors first. The queue is sent by the template “Send the outreach queue”.',
  steps: [weekly, runOf('Run links', 'links'), summary('={{ JSON.stringify($json.figures) }}')],
});

const campaignOrchestration = drawTemplate({
  id: 'campaign-orchestration',
  name: 'Campaign Orchestration',
  description:
    'Every day: learns from past campaigns, designs new ones with predicted return, watches the running ones and moves budgets.',
  tags: ['programme', 'campaigns'],
  note: '## Campaign Orchestration\nImport past campaigns first. Designs wait for your approval under Marketing → Campaigns.',
  steps: [
    daily,
    runOf('Run campaigns', 'campaigns'),
    summary('={{ JSON.stringify($json.figures) }}'),
  ],
});

const masterController = drawTemplate({
  id: 'master-controller',
  name: 'Master controller',
  description:
    'Every day: runs all four programmes by their priority, settles conflicts over pages, keywords, contacts and budgets, and reports.',
  tags: ['programme'],
  note: '## Master controller\nRuns SEO, content, links and campaigns one after the other. Priorities are set under Marketing → Programmes.',
  steps: [
    daily,
    {
      name: 'Run all',
      type: 'marketing.marketingController',
      parameters: { operation: 'startAll' },
    },
  ],
});

const campaignDesigner = drawTemplate({
  id: 'campaign-designer',
  name: 'Design campaigns on request',
  description:
    'Ask for campaigns by objective and get designs with predicted return and its interval, targets, budgets and tasks.',
  tags: ['campaigns', 'webhook'],
  note: '## Design campaigns on request\n`GET /webhook/design-campaigns?objective=leads&count=3`. Learns from the stored campaign memories. Needs no account.',
  steps: [
    {
      name: 'Request',
      type: 'webhook',
      version: 2,
      parameters: {
        path: 'design-campaigns',
        responseMode: 'lastNode',
        responseData: 'allEntries',
        options: {},
      },
    },
    {
      name: 'Design',
      type: 'marketing.campaignPlanner',
      parameters: {
        operation: 'design',
        count: '={{ Number($json.query.count || 3) }}',
        objective: "={{ $json.query.objective || '' }}",
      },
    },
  ],
});

const budgetRebalance = drawTemplate({
  id: 'budget-rebalance',
  name: 'Weekly budget proposal',
  description:
    'Every Monday: fits what each channel returns for money and proposes how to divide next week’s budget.',
  tags: ['campaigns'],
  note: '## Weekly budget proposal\nReads the stored campaign days. Set the budget in “Divide budget”. Needs no account.',
  steps: [
    weekly,
    {
      name: 'Divide budget',
      type: 'marketing.budgetOptimizer',
      parameters: { operation: 'allocate', source: 'store', budget: 5000 },
    },
    {
      name: 'Largest first',
      type: 'sort',
      parameters: {
        sortFieldsUi: { sortField: [{ fieldName: 'spend', order: 'descending' }] },
        options: {},
      },
    },
  ],
});

/** The four programmes, their controller, and what belongs to campaigns. */
export const programmeTemplates: readonly WorkflowTemplate[] = [
  seoEmpire,
  trendContent,
  linkBuilding,
  campaignOrchestration,
  masterController,
  campaignDesigner,
  budgetRebalance,
];
