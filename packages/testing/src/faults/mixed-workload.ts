import { chain, effect, graph, inARow, waitForCall, webhookAt, type FlowNode } from './flows.ts';
import type { InstanceClient } from './instance-client.ts';

/** What people build: each path is a published workflow, with how many effects one execution has. */
export const MIXED = { linear: 3, join: 5, loop: 5, wait: 2, sub: 3, code: 2, http: 3 } as const;

/** Every workflow begins with a node that tells the sink which call began it. */
export async function publishMixed(client: InstanceClient, sinkUrl: string): Promise<void> {
  const child = await client.publish(
    inARow('child', [{ type: 'n8n-nodes-base.executeWorkflowTrigger' }, slow]),
  );
  const flows: Readonly<Record<keyof typeof MIXED, object>> = {
    linear: chain('linear', [slow, effect(), effect()]),
    join: joining,
    loop: looping,
    wait: chain('wait', [effect(), waitForCall, effect()]),
    sub: chain('sub', [effect(), callOf(child), effect()]),
    code: chain('code', [effect(), code, effect()]),
    http: chain('http', [effect(), postTo(sinkUrl), effect()]),
  };
  for (const flow of Object.values(flows)) await client.publish(flow);
}

const slow = effect({ delayMs: 100 });

const joining = graph('join', {
  nodes: {
    hook: webhookAt('join'),
    first: effect(),
    a: slow,
    b: effect(),
    join: { type: 'faults.join' },
    last: effect(),
  },
  wires: ['hook > first', 'first > a', 'first > b', 'a > join', 'b > join.1', 'join > last'],
});

const looping = graph('loop', {
  nodes: {
    hook: webhookAt('loop'),
    first: effect(),
    three: { type: 'faults.bulk', parameters: { count: 3, bytes: 10 } },
    loop: { type: 'n8n-nodes-base.splitInBatches', typeVersion: 3, parameters: { batchSize: 1 } },
    step: slow,
    last: effect(),
  },
  wires: [
    'hook > first',
    'first > three',
    'three > loop',
    'loop.1 > step',
    'step > loop',
    'loop > last',
  ],
});

const callOf = (workflowId: string): FlowNode => ({
  type: 'n8n-nodes-base.executeWorkflow',
  typeVersion: 1.1,
  parameters: { source: 'database', workflowId: { __rl: true, mode: 'id', value: workflowId } },
});

const code: FlowNode = {
  type: 'n8n-nodes-base.code',
  parameters: {
    language: 'javaScript',
    mode: 'runOnceForAllItems',
    jsCode: 'return $input.all();',
  },
};

const postTo = (url: string): FlowNode => ({
  type: 'n8n-nodes-base.httpRequest',
  typeVersion: 4.2,
  parameters: { method: 'POST', url, options: { idempotencyKey: true } },
});
