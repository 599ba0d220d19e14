import { drawTemplate } from './draw.ts';
import { weekly } from './schedule.ts';

export const quickWinsFromExport = drawTemplate({
  id: 'quick-wins-from-export',
  name: 'Quick wins from an export',
  description:
    'Upload a keyword export of Semrush, Ahrefs, the Keyword Planner or Search Console, and get back the searches worth doing first.',
  tags: ['seo', 'form'],
  note: '## Quick wins from an export\nOpen the form, upload a CSV file. The answer is a CSV with the easy, searched keywords, the best first. Needs no account.',
  steps: [
    {
      name: 'Upload',
      type: 'formTrigger',
      version: 2.2,
      parameters: {
        formTitle: 'Find quick wins',
        formDescription: 'A keyword export as CSV',
        formFields: {
          values: [
            { fieldLabel: 'Export', fieldType: 'file', multipleFiles: false, requiredField: true },
          ],
        },
        responseMode: 'lastNode',
        options: { path: 'quick-wins' },
      },
    },
    {
      name: 'Rank keywords',
      type: 'marketing.keywordAnalyzer',
      parameters: { source: 'file', field: 'Export', show: 'quickWins', limit: 200 },
    },
    {
      name: 'Write CSV',
      type: 'convertToFile',
      version: 1.1,
      parameters: { operation: 'csv', options: { fileName: 'quick-wins.csv' } },
    },
  ],
});

export const keywordScoringApi = drawTemplate({
  id: 'keyword-scoring-api',
  name: 'Keyword scoring over HTTP',
  description: 'Send keyword rows as JSON, get them back scored, clustered and ranked.',
  tags: ['seo', 'webhook'],
  note: '## Keyword scoring over HTTP\n`POST /webhook/score-keywords` with `{"keywords":[{"keyword":"…","volume":100,"kd":20}]}`. Needs no account.',
  steps: [
    {
      name: 'Rows come in',
      type: 'webhook',
      version: 2,
      parameters: {
        httpMethod: 'POST',
        path: 'score-keywords',
        responseMode: 'lastNode',
        responseData: 'allEntries',
        options: {},
      },
    },
    {
      name: 'One item per row',
      type: 'splitOut',
      parameters: { fieldToSplitOut: 'body.keywords', options: {} },
    },
    { name: 'Rank keywords', type: 'marketing.keywordAnalyzer', parameters: { limit: 0 } },
  ],
});

export const linkGapReport = drawTemplate({
  id: 'link-gap-report',
  name: 'Weekly link gap report',
  description:
    'Sites that link to two of your competitors and not to you, by mail every Monday, the strongest first.',
  tags: ['links', 'mail'],
  note: '## Weekly link gap report\nReads the stored backlinks and competitors. Choose an SMTP credential and set the two addresses.',
  steps: [
    weekly,
    {
      name: 'Find link gaps',
      type: 'marketing.backlinks',
      parameters: { operation: 'linkGap', source: 'store', minCompetitors: 2, limit: 50 },
    },
    {
      name: 'Write CSV',
      type: 'convertToFile',
      version: 1.1,
      parameters: { operation: 'csv', options: { fileName: 'link-gap.csv' } },
    },
    {
      name: 'Send report',
      type: 'emailSend',
      version: 2.1,
      parameters: {
        fromEmail: 'reports@example.com',
        toEmail: 'team@example.com',
        subject: '=Link gap of {{ $today.toISODate() }}',
        emailFormat: 'text',
        text: 'The sites are in the file: they link to at least two competitors and not to us.',
        options: { attachments: 'data', appendAttribution: false },
      },
      credentials: ['smtp'],
    },
  ],
});

export const toxicLinkWatch = drawTemplate({
  id: 'toxic-link-watch',
  name: 'Toxic link watch',
  description: 'Judges every stored backlink weekly and keeps the ones that may harm.',
  tags: ['links'],
  note: '## Toxic link watch\nScores stored backlinks and keeps the toxic ones, worst first. Add a mail or a chat message at the end. Needs no account.',
  steps: [
    weekly,
    {
      name: 'Judge links',
      type: 'marketing.backlinks',
      parameters: { operation: 'quality', source: 'store', limit: 0 },
    },
    {
      name: 'Toxic ones',
      type: 'filter',
      version: 2.2,
      parameters: {
        conditions: {
          options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
          conditions: [
            {
              id: 'toxic',
              leftValue: '={{ $json.isToxic }}',
              rightValue: '',
              operator: { type: 'boolean', operation: 'true', singleValue: true },
            },
          ],
          combinator: 'and',
        },
        options: {},
      },
    },
    {
      name: 'Worst first',
      type: 'sort',
      parameters: { sortFieldsUi: { sortField: [{ fieldName: 'quality' }] }, options: {} },
    },
  ],
});
