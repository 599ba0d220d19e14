import { drawChain } from '../../packages/server/src/testing/draw-chain.ts';
import type { Owner } from '../owner.ts';
import { webhookWorkflow } from '../webhook-workflow.ts';

/** How often each address is called in ten calls. */
const SHARES = { bench: 5, loop: 2, code: 1, parent: 1, wait: 1 } as const;

/** Stores and publishes what the soak calls; gives the paths, each as often as its share. */
export async function publishSoakWorkflows(owner: Owner): Promise<readonly string[]> {
  await owner.publish(webhookWorkflow('lastNode'));
  await owner.publish(loop);
  await owner.publish(code);
  await owner.publish(wait);
  const child = await owner.publish(childWorkflow);
  await owner.publish(parentOf(child));
  return Object.entries(SHARES).flatMap(([path, share]) =>
    Array.from({ length: share }, () => `/webhook/${path}`),
  );
}

const webhook = (path: string, responseMode: 'lastNode' | 'onReceived') =>
  ['Webhook', 'webhook', { httpMethod: 'POST', path, responseMode }] as const;

const script = (name: string, jsCode: string) =>
  [name, 'code', { mode: 'runOnceForAllItems', jsCode }, { typeVersion: 2 }] as const;

/** Answered at once; ten items go round in pairs. */
const loop = ((): object => {
  const chain = drawChain(
    'Loop',
    webhook('loop', 'onReceived'),
    ['Split', 'splitOut', { fieldToSplitOut: 'body.list' }],
    ['Loop', 'splitInBatches', { batchSize: 2 }, { typeVersion: 3 }],
    ['Body', 'noOp'],
  );
  const to = (node: string) => ({ node, type: 'main', index: 0 });
  return {
    ...chain,
    connections: {
      Webhook: { main: [[to('Split')]] },
      Split: { main: [[to('Loop')]] },
      Loop: { main: [[], [to('Body')]] },
      Body: { main: [[to('Loop')]] },
    },
  };
})();

const code = drawChain(
  'Code',
  webhook('code', 'lastNode'),
  script('Code', 'return $input.all().map(({ json }) => ({ json: { n: json.body.n * 2 } }));'),
);

const wait = drawChain('Wait', webhook('wait', 'onReceived'), [
  'Wait',
  'wait',
  { resume: 'timeInterval', amount: 2, unit: 'seconds' },
]);

const childWorkflow = drawChain(
  'Child',
  ['Start', 'executeWorkflowTrigger', { inputSource: 'passthrough' }, { typeVersion: 1.1 }],
  ['Work', 'noOp'],
);

const parentOf = (child: string) =>
  drawChain('Parent', webhook('parent', 'lastNode'), [
    'Call',
    'executeWorkflow',
    { source: 'database', workflowId: { __rl: true, mode: 'id', value: child } },
    { typeVersion: 1.2 },
  ]);
