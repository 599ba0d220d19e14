import { drawTemplate } from './draw.ts';
import { daily } from './schedule.ts';

export const trendAlert = drawTemplate({
  id: 'trend-alert',
  name: 'Emerging trends by mail',
  description: 'Looks at your trends every morning and mails the ones that began to rise.',
  tags: ['trends', 'mail'],
  note: '## Emerging trends by mail\nReads the stored trends. Choose an SMTP credential and set the two addresses; nothing is sent when nothing rises.',
  steps: [
    daily,
    {
      name: 'Find emerging trends',
      type: 'marketing.trendDetector',
      parameters: { operation: 'emerging', source: 'store', limit: 10 },
    },
    {
      name: 'One list',
      type: 'aggregate',
      parameters: { aggregate: 'aggregateAllItemData', options: {} },
    },
    {
      name: 'Send',
      type: 'emailSend',
      version: 2.1,
      parameters: {
        fromEmail: 'trends@example.com',
        toEmail: 'team@example.com',
        subject: '={{ $json.data.length }} trends are rising',
        emailFormat: 'text',
        text: "={{ $json.data.map((trend) => '- ' + trend.term).join('\\n') }}",
        options: { appendAttribution: false },
      },
      credentials: ['smtp'],
    },
  ],
});

export const trendKeywords = drawTemplate({
  id: 'trend-keywords',
  name: 'Keywords for a trend',
  description: 'Give a trend, get the searches of your list that are nearest to it.',
  tags: ['trends', 'seo', 'webhook'],
  note: '## Keywords for a trend\n`GET /webhook/trend-keywords?term=cold%20brew`. Matches the term with the stored keywords. Needs no account.',
  steps: [
    {
      name: 'Trend comes in',
      type: 'webhook',
      version: 2,
      parameters: {
        path: 'trend-keywords',
        responseMode: 'lastNode',
        responseData: 'allEntries',
        options: {},
      },
    },
    {
      name: 'Term',
      type: 'set',
      version: 3.4,
      parameters: {
        assignments: {
          assignments: [
            { id: 'term', name: 'term', type: 'string', value: '={{ $json.query.term }}' },
            { id: 'at', name: 'at', type: 'number', value: '={{ $now.toMillis() }}' },
            { id: 'value', name: 'value', type: 'number', value: 1 },
          ],
        },
        options: {},
      },
    },
    {
      name: 'Match keywords',
      type: 'marketing.trendDetector',
      parameters: { operation: 'matchKeywords', source: 'items', matches: 10 },
    },
  ],
});
