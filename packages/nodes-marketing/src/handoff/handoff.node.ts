import type { Item } from '@millrace/workflow/items';
import {
  defineNode,
  p,
  readParams,
  decodeParams,
  type ExecuteContext,
  type NodeResult,
  type Values,
} from '@millrace/workflow/node-api';
import { NodeError } from '@millrace/workflow/errors';
import { handoffIcon } from './handoff.icon.ts';
import { readContext } from './handoff-context.ts';
import { isMuted, requestHandoff } from './handoffs.ts';
import { summarise } from './summarise.ts';
import { handoffItem } from './wake-execution.ts';

const MINUTE_MS = 60_000;
const REQUEST = { operation: ['request'] };

const params = {
  operation: p.options({
    label: 'Operation',
    default: 'request',
    choices: [
      { value: 'request', label: 'Hand Over', hint: 'Ask a person or an agent to take the talk' },
      { value: 'check', label: 'May a Bot Write?', hint: 'Not while a person holds the talk' },
    ],
  }),
  contact: p.string({
    label: 'Contact',
    required: true,
    placeholder: 'ann@example.com',
    hint: 'The same on every channel',
  }),
  channel: p.string({ label: 'Channel', default: 'chat', when: REQUEST }),
  wanted: p.options({
    label: 'To',
    default: 'human',
    choices: [
      { value: 'human', label: 'A Person' },
      { value: 'ai', label: 'An Agent' },
      { value: 'any', label: 'Whoever Is Free' },
    ],
    when: REQUEST,
  }),
  skills: p.string({ label: 'Skills Needed', placeholder: 'german, refunds', when: REQUEST }),
  reason: p.string({ label: 'Reason', when: REQUEST }),
  context: p.json({
    label: 'Context',
    default: '={{ $json }}',
    hint: '"messages" ({ from, text, at }) is put behind those of other channels; the rest is kept as it is',
    when: REQUEST,
  }),
  answerMinutes: p.number({
    label: 'Answer Within (Minutes)',
    default: 15,
    min: 0,
    hint: 'After that the item leaves by "Not Now"; 0 waits without end',
    when: REQUEST,
  }),
  waitFor: p.options({
    label: 'Wait Until It Is',
    default: 'claimed',
    choices: [
      { value: 'claimed', label: 'Taken' },
      { value: 'closed', label: 'Closed' },
      { value: 'nothing', label: 'Do Not Wait' },
    ],
    when: REQUEST,
  }),
} as const;

type HandoffParams = Values<typeof params>;

/** Gives a talk to a person or an agent, and waits until it is taken. */
export default defineNode({
  name: 'millrace-nodes-marketing.handoff',
  label: 'Handoff',
  description: 'Gives a talk to a person or an agent, with everything said so far on any channel',
  version: 1,
  group: ['marketing'],
  icon: handoffIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: {
    categories: ['Marketing', 'Support'],
    alias: ['human in the loop', 'escalate', 'live agent', 'takeover', 'queue', 'sla'],
  },
  outputs: ['main', 'main'],
  outputNames: ['Go On', 'Not Now'],
  credentials: [{ name: 'llmApi', required: false }],
  params,
  async execute(context) {
    const given = context
      .items()
      .map((_, index) => decodeParams(params, readParams(params, context, index)));
    return given[0]?.operation === 'check' ? check(context, given) : request(context, given);
  },
});

async function check(
  context: ExecuteContext,
  given: readonly HandoffParams[],
): Promise<NodeResult> {
  const free: Item[] = [];
  const muted: Item[] = [];
  for (const [index, { contact }] of given.entries()) {
    const json = context.items()[index]?.json ?? {};
    const isSilent = await isMuted(context.tables, contact);
    (isSilent ? muted : free).push({ json, pairedItem: { item: index } });
  }
  return [free, muted];
}

async function request(
  context: ExecuteContext,
  given: readonly HandoffParams[],
): Promise<NodeResult> {
  const waitFor = given[0]?.waitFor ?? 'nothing';
  if (waitFor !== 'nothing' && given.length > 1)
    throw new NodeError(
      `${given.length} handoffs cannot be waited for at once`,
      { node: context.node.name },
      { fix: 'Put a Loop Over Items with batches of one before it, or do not wait' },
    );
  const made = [];
  for (const [index, each] of given.entries()) made.push(await queue(context, each, index));
  const items = made.map((row, item): Item => ({ json: handoffItem(row), pairedItem: { item } }));
  const [only] = made;
  if (waitFor === 'nothing' || !only) return [items, []];
  return {
    kind: 'wait',
    resume: 'webhook',
    outputs: [[], items],
    ...(only.answerBy !== null && { until: only.answerBy }),
  };
}

async function queue(context: ExecuteContext, given: HandoffParams, index: number) {
  const { contact, channel = '', wanted = 'any', skills = '', reason = '' } = given;
  const { answerMinutes = 0, waitFor = 'nothing' } = given;
  const known = readContext(given.context, channel);
  const now = context.now();
  return requestHandoff(
    context.tables,
    {
      id: `${context.idempotencyKey}:${index}`,
      contact,
      channel,
      wanted,
      skills: skills
        .split(',')
        .map((skill) => skill.trim())
        .filter(Boolean),
      reason: reason === '' ? null : reason,
      context: { summary: await summarise(context, known), ...known },
      answerBy: answerMinutes > 0 ? now + answerMinutes * MINUTE_MS : null,
      ...(waitFor !== 'nothing' && {
        waiting: {
          executionId: context.executionId,
          node: context.node.name,
          for: waitFor,
        },
      }),
    },
    now,
  );
}
