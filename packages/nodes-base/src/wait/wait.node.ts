import { NodeError } from '@millrace/workflow/errors';
import { defineNode, type ExecuteContext, type NodeResult } from '@millrace/workflow/node-api';
import { DateTime, Duration } from 'luxon';
import { icon } from '../icon.ts';
import { webhookItem } from '../webhook/webhook-item.ts';
import { refusal } from '../webhook/webhook-auth.ts';
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
  icon: icon('#d97706', 'M12 3a9 9 0 1 0 .01 0', 'M12 7v5l3 3'),
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
    return { outputs: [[await webhookItem(context)]] };
  },
});

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

function callDeadline(context: ExecuteContext): number | undefined {
  if (context.param('limitWaitTime', 0, { fallback: false }) !== true) return undefined;
  if (context.param('limitType', 0) === 'atSpecifiedTime') return moment(context, 'maxDateAndTime');
  return context.now() + durationMs(context, 'resumeAmount', 'resumeUnit');
}

const specificTime = (context: ExecuteContext) => moment(context, 'dateTime');

const intervalMs = (context: ExecuteContext) => durationMs(context, 'amount', 'unit');

function durationMs(context: ExecuteContext, amountPath: string, unitPath: string): number {
  const amount = Number(context.param(amountPath, 0));
  const unit = String(context.param(unitPath, 0));
  if (
    Number.isFinite(amount) &&
    amount >= 0 &&
    ['seconds', 'minutes', 'hours', 'days'].includes(unit)
  ) {
    return Duration.fromObject({ [unit]: amount }).toMillis();
  }
  throw new NodeError(
    `Invalid wait amount: ${amount} ${unit}`,
    { node: context.node.name },
    { fix: 'Set an amount of 0 or more' },
  );
}

/** ms since the epoch; times without an offset are in the workflow's zone. */
function moment(context: ExecuteContext, path: string): number {
  const given = context.param(path, 0);
  if (DateTime.isDateTime(given)) return given.toMillis();
  const text = given instanceof Date ? given.toISOString() : String(given);
  const time = DateTime.fromISO(text.replace(' ', 'T'), { zone: context.timezone });
  if (time.isValid) return time.toMillis();
  throw new NodeError(
    `"${text}" is no date and time`,
    { node: context.node.name },
    { fix: 'Set a date and time' },
  );
}
