import { defineNode } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { credentialUses } from './authentication.properties.ts';
import { properties } from './properties.ts';
import { readSettings } from './settings.ts';
import { sendForItems } from './send-for-items.ts';

/** Calls any HTTP service, once per item. */
export const httpRequestNode = defineNode({
  name: 'n8n-nodes-base.httpRequest',
  label: 'HTTP Request',
  description: 'Calls a web address and gives what it answers',
  version: [3, 4, 4.1, 4.2, 4.3, 4.4, 4.5],
  defaultVersion: 4.5,
  group: ['output'],
  subtitle: '={{ $parameter["method"] + ": " + $parameter["url"] }}',
  icon: icon(
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
    'M3 12h18',
    'M12 3c5 5 5 13 0 18',
    'M12 3c-5 5-5 13 0 18',
  ),
  codex: { alias: ['API', 'Request', 'URL', 'REST', 'GET', 'POST', 'curl'] },
  crashPolicy: 'ask',
  credentials: credentialUses,
  properties,
  execute: async (context) => [await sendForItems(context, readSettings)],
});
