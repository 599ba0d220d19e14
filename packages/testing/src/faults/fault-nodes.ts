import { setTimeout as sleep } from 'node:timers/promises';
import { defineNode, defineNodePackage } from '@millrace/workflow/node-api';

const SINK = process.env['FAULT_SINK'] ?? '';

/** Tells the sink that it ran, with its idempotency key, and takes its time about it. */
const effect = defineNode({
  name: 'faults.effect',
  label: 'Effect',
  description: 'Posts to the sink',
  version: 1,
  group: ['data'],
  properties: [
    { name: 'delayMs', displayName: 'Delay', type: 'number', default: 0 },
    { name: 'times', displayName: 'Calls to the sink', type: 'number', default: 1 },
  ],
  async execute(context) {
    const { idempotencyKey, node, executionId } = context;
    await fetch(SINK, {
      method: 'POST',
      headers: { 'idempotency-key': idempotencyKey },
      body: JSON.stringify({ node: node.name, executionId }),
    });
    const delayMs = Number(context.param('delayMs', 0));
    if (delayMs > 0) await sleep(delayMs, undefined, { signal: context.signal });
    return [context.items()];
  },
});

/** Takes its process down. */
const abort = defineNode({
  name: 'faults.abort',
  label: 'Abort',
  description: 'Ends its process at once',
  version: 1,
  group: ['data'],
  properties: [],
  execute() {
    process.abort();
  },
});

/** Keeps its process from doing anything else. */
const spin = defineNode({
  name: 'faults.spin',
  label: 'Spin',
  description: 'Blocks the event loop',
  version: 1,
  group: ['data'],
  properties: [{ name: 'ms', displayName: 'For', type: 'number', default: 1000 }],
  execute(context) {
    const until = performance.now() + Number(context.param('ms', 0));
    while (performance.now() < until) Math.sqrt(until);
    return [context.items()];
  },
});

/** Nodes that only tests have. */
export const faultNodes = defineNodePackage({ name: 'faults', nodes: [effect, abort, spin] });
