import { setTimeout as sleep } from 'node:timers/promises';
import { defineNode, defineNodePackage, type ExecuteContext } from '@millrace/workflow/node-api';

const SINK = process.env['FAULT_SINK'] ?? '';

/** Tells the sink that a node ran, with its idempotency key and the number of the call that began it. */
async function tellSink(context: ExecuteContext): Promise<void> {
  const { idempotencyKey, node, executionId } = context;
  const body = context.items()[0]?.json['body'];
  const call = typeof body === 'object' && body !== null && 'n' in body ? body.n : undefined;
  await fetch(SINK, {
    method: 'POST',
    headers: { 'idempotency-key': idempotencyKey },
    body: JSON.stringify({ node: node.name, executionId, call }),
  });
}

/** Tells the sink that it ran, and takes its time about it. */
const effect = defineNode({
  name: 'faults.effect',
  label: 'Effect',
  description: 'Posts to the sink',
  version: 1,
  group: ['data'],
  properties: [{ name: 'delayMs', displayName: 'Delay', type: 'number', default: 0 }],
  async execute(context) {
    await tellSink(context);
    const delayMs = Number(context.param('delayMs', 0));
    if (delayMs > 0) await sleep(delayMs, undefined, { signal: context.signal });
    return [context.items()];
  },
});

/** Brings two branches together, and tells the sink each time it does. */
const join = defineNode({
  name: 'faults.join',
  label: 'Join',
  description: 'Posts to the sink when it runs',
  version: 1,
  group: ['flow'],
  inputs: ['main', 'main'],
  properties: [],
  async execute(context) {
    await tellSink(context);
    return [[...context.items(0), ...context.items(1)]];
  },
});

/** Makes many items of a size. */
const bulk = defineNode({
  name: 'faults.bulk',
  label: 'Bulk',
  description: 'Makes items',
  version: 1,
  group: ['data'],
  properties: [
    { name: 'count', displayName: 'Items', type: 'number', default: 1 },
    { name: 'bytes', displayName: 'Bytes each', type: 'number', default: 1 },
  ],
  execute(context) {
    const bytes = Number(context.param('bytes', 0));
    const count = Number(context.param('count', 0));
    const textOf = (n: number) => Buffer.alloc(bytes, `item ${n} `).toString('latin1');
    return [Array.from({ length: count }, (_, n) => ({ json: { n, text: textOf(n) } }))];
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
export const faultNodes = defineNodePackage({
  name: 'faults',
  nodes: [effect, join, bulk, abort, spin],
});
