import { defineNode, describeParams, p, type WebhookResponse } from '@millrace/workflow/node-api';
import type { Item } from '@millrace/workflow/items';
import { icon } from '../icon.ts';
import { buildResponse } from './response.ts';

/** Answers whoever called the webhook that started the execution. */
export const respondToWebhookNode = defineNode({
  name: 'n8n-nodes-base.respondToWebhook',
  label: 'Respond to Webhook',
  description: 'Answers the call that started the workflow',
  version: [1, 1.1, 1.2, 1.3, 1.4, 1.5],
  defaultVersion: 1.5,
  group: ['flow'],
  icon: icon('M4 12h12', 'M10 6l-6 6 6 6', 'M20 5v14'),
  outputs:
    '={{ $parameter.enableResponseOutput ? [{ type: "main", displayName: "Input data" }, { type: "main", displayName: "Response" }] : [{ type: "main" }] }}',
  credentials: [
    { name: 'jwtAuth', required: true, displayOptions: { show: { respondWith: ['jwt'] } } },
  ],
  properties: [
    ...describeParams({
      enableResponseOutput: p.boolean({
        label: 'Enable response output branch',
        when: { '@version': [{ _cnd: { gte: 1.4 } }] },
      }),
      respondWith: p.options({
        label: 'Respond with',
        default: 'firstIncomingItem',
        choices: [
          { value: 'allIncomingItems', label: 'All incoming items' },
          { value: 'binary', label: 'Binary file' },
          { value: 'firstIncomingItem', label: 'First incoming item' },
          { value: 'json', label: 'JSON' },
          { value: 'jwt', label: 'JWT token' },
          { value: 'noData', label: 'No data' },
          { value: 'redirect', label: 'Redirect' },
          { value: 'text', label: 'Text' },
        ],
      }),
      redirectURL: p.string({
        label: 'Redirect URL',
        required: true,
        when: { respondWith: ['redirect'] },
      }),
      responseBody: p.json({
        label: 'Response body',
        default: '{\n  "myField": "value"\n}',
        rows: 4,
        when: { respondWith: ['json'] },
      }),
      payload: p.json({
        label: 'Payload',
        default: '{\n  "myField": "value"\n}',
        rows: 4,
        when: { respondWith: ['jwt'] },
      }),
    }),
    ...describeParams({
      responseBody: p.text({
        label: 'Response body',
        placeholder: 'e.g. Workflow completed',
        when: { respondWith: ['text'] },
      }),
      responseDataSource: p.options({
        label: 'Response data source',
        default: 'automatically',
        when: { respondWith: ['binary'] },
        choices: [
          { value: 'automatically', label: 'Choose automatically from input' },
          { value: 'set', label: 'Specify myself' },
        ],
      }),
      inputFieldName: p.string({
        label: 'Input field name',
        default: 'data',
        when: { respondWith: ['binary'], responseDataSource: ['set'] },
      }),
      options: p.collection({
        label: 'Options',
        fields: {
          responseCode: p.number({ label: 'Response code', default: 200, min: 100, max: 599 }),
          responseHeaders: p.list({
            label: 'Response headers',
            group: 'entries',
            item: { name: p.string({ label: 'Name' }), value: p.string({ label: 'Value' }) },
          }),
          responseKey: p.string({ label: 'Put response in field' }),
          enableStreaming: p.boolean({ label: 'Enable streaming', default: true }),
        },
      }),
    }),
  ],
  async execute(context) {
    const items = context.items();
    const passed = items.map((item, index) => ({ ...item, pairedItem: { item: index } }));
    try {
      const response = await buildResponse(context, items);
      await context.respond(response);
      const hasBranch = context.param('enableResponseOutput', 0, { fallback: false }) === true;
      return hasBranch
        ? [passed, [responseItem(context.param('respondWith', 0), response)]]
        : [passed];
    } catch (error) {
      if (!context.continueOnFail) throw error;
      const message = error instanceof Error ? error.message : String(error);
      return [
        items.map((_item, index) => ({ json: { error: message }, pairedItem: { item: index } })),
      ];
    }
  },
});

/** What was answered, for the response branch. Headers are those the user set, not the ones we add. */
function responseItem(respondWith: unknown, { status, headers, body }: WebhookResponse): Item {
  const shown =
    respondWith === 'text'
      ? Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type'))
      : headers;
  return {
    json: {
      response: {
        body: body instanceof Uint8Array ? '[binary]' : (body ?? ''),
        headers: shown,
        statusCode: status,
      },
    },
    pairedItem: { item: 0 },
  };
}
