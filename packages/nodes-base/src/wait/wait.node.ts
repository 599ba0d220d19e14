import {
  defineNode,
  type ExecuteContext,
  type NodeResult,
  type WebhookContext,
} from '@millrace/workflow/node-api';
import { readFields } from '../form/form-field.ts';
import { lookOf, optionalCompletion, textOf } from '../form/read-form.ts';
import { takeForm, type Form } from '../form/take-form.ts';
import { icon } from '../icon.ts';
import { isWanted, NOT_WANTED } from '../webhook/only-run-if.ts';
import { webhookItem } from '../webhook/webhook-item.ts';
import { refusal } from '../webhook/webhook-auth.ts';
import { callDeadline, durationMs, moment } from './call-deadline.ts';
import { waitProperties } from './wait.properties.ts';

/** Shorter waits are sat out; longer ones put the execution to sleep. */
const LONGEST_IN_PROCESS_MS = 65_000;

/** Pauses the execution until a time, or until it is called. */
export const waitNode = defineNode({
  name: 'n8n-nodes-base.wait',
  label: 'Wait',
  description: 'Waits before going on',
  version: [1, 1.1],
  defaultVersion: 1.1,
  group: ['flow'],
  icon: icon('M12 3a9 9 0 1 0 .01 0', 'M12 7v5l3 3'),
  properties: waitProperties,
  credentials: [
    {
      name: 'httpBasicAuth',
      required: true,
      displayOptions: { show: { incomingAuthentication: ['basicAuth'] } },
    },
    {
      name: 'httpHeaderAuth',
      required: true,
      displayOptions: { show: { incomingAuthentication: ['headerAuth'] } },
    },
    {
      name: 'jwtAuth',
      required: true,
      displayOptions: { show: { incomingAuthentication: ['jwtAuth'] } },
    },
  ],
  webhooks: [
    {
      name: 'default',
      httpMethod: '={{ $parameter["httpMethod"] }}',
      path: '={{ $parameter["options"]["webhookSuffix"] || "" }}',
      responseMode: '={{ $parameter["responseMode"] }}',
      restartWebhook: true,
      displayOptions: { show: { resume: ['webhook'] } },
    },
    {
      name: 'form',
      isForm: true,
      restartWebhook: true,
      displayOptions: { show: { resume: ['form'] } },
    },
  ],
  execute: (context) => {
    const resume = String(context.param('resume', 0));
    if (resume === 'webhook' || resume === 'form') return waitForCall(context, resume);
    return waitUntil(
      context,
      resume === 'specificTime' ? specificTime(context) : context.now() + intervalMs(context),
    );
  },
  async webhook(context) {
    const response = await refusal(context, 'incomingAuthentication');
    if (response) return { response };
    if (context.webhookName === 'form') return takeForm(context, formOf(context));
    const item = await webhookItem(context);
    return isWanted(context, item) ? { outputs: [[item]] } : { response: NOT_WANTED };
  },
});

function formOf(context: WebhookContext): Form {
  const look = lookOf(context, textOf(context, 'formTitle', 'Form'));
  return {
    ...look,
    description: textOf(context, 'formDescription'),
    button: textOf(context, 'options.buttonLabel', 'Submit'),
    fields: readFields(context.param('formFields.values', 0, { fallback: [] })),
    timezone: context.timezone,
    more: {},
    completion: () => optionalCompletion(context, look),
  };
}

async function waitUntil(context: ExecuteContext, until: number): Promise<NodeResult> {
  const outputs = [
    context.items().map((item, index) => ({ ...item, pairedItem: { item: index } })),
  ];
  const remainingMs = Math.max(0, until - context.now());
  if (remainingMs >= LONGEST_IN_PROCESS_MS) return { kind: 'wait', until, resume: 'time', outputs };
  await context.sleep(remainingMs);
  return outputs;
}

function waitForCall(context: ExecuteContext, resume: 'webhook' | 'form'): NodeResult {
  const until = callDeadline(context);
  const outputs = [
    context.items().map((item, index) => ({ ...item, pairedItem: { item: index } })),
  ];
  return { kind: 'wait', resume, outputs, ...(until !== undefined && { until }) };
}

const specificTime = (context: ExecuteContext) => moment(context, 'dateTime');

const intervalMs = (context: ExecuteContext) => durationMs(context, 'amount', 'unit');
