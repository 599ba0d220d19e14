import type { Item } from '@millrace/workflow/items';
import { defineNode, type WebhookContext, type WebhookOutcome } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { isWanted, NOT_WANTED } from './only-run-if.ts';
import { refusal } from './webhook-auth.ts';
import { webhookItem } from './webhook-item.ts';
import { webhookProperties } from './webhook.properties.ts';

/** Starts a workflow when its address is called. */
export const webhookNode = defineNode({
  name: 'n8n-nodes-base.webhook',
  label: 'Webhook',
  description: 'Starts the workflow when a URL is called',
  version: [1, 1.1, 2, 2.1],
  defaultVersion: 2.1,
  group: ['trigger'],
  icon: icon('M9 8a3 3 0 1 1 4 3l3 6', 'M6 14a3 3 0 1 0 3 4h7', 'M13 11l-4 7'),
  inputs: [],
  outputs:
    '={{ $parameter.multipleMethods ? [$parameter.httpMethod].flat().map((method) => ({ type: "main", displayName: method })) : [{ type: "main" }] }}',
  properties: webhookProperties,
  credentials: [
    {
      name: 'httpBasicAuth',
      required: true,
      displayOptions: { show: { authentication: ['basicAuth'] } },
    },
    {
      name: 'httpHeaderAuth',
      required: true,
      displayOptions: { show: { authentication: ['headerAuth'] } },
    },
    { name: 'jwtAuth', required: true, displayOptions: { show: { authentication: ['jwtAuth'] } } },
  ],
  webhooks: [
    {
      name: 'default',
      httpMethod: '={{ $parameter["httpMethod"] || "GET" }}',
      isFullPath: true,
      path: '={{ $parameter["path"] }}',
      responseMode: '={{ $parameter["responseMode"] }}',
      responseData: '={{ $parameter["responseData"] }}',
      responseCode: '={{ $parameter["responseCode"] || 200 }}',
    },
  ],
  execute: (context) => [context.items()],
  async webhook(context) {
    const response = await refusal(context, 'authentication');
    if (response) return { response };
    const item = await webhookItem(context);
    return isWanted(context, item) ? started(context, item) : { response: NOT_WANTED };
  },
});

/** With several methods each has an output of its own. */
function started(context: WebhookContext, item: Item): WebhookOutcome {
  if (context.param('multipleMethods', 0, { fallback: false }) !== true)
    return { outputs: [[item]] };
  const methods = [context.param('httpMethod', 0)].flat().map(String);
  return { outputs: methods.map((method) => (method === context.request.method ? [item] : [])) };
}
