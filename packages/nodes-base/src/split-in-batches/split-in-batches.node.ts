import { NodeError } from '@millrace/workflow/errors';
import type { Batch, Item } from '@millrace/workflow/items';
import {
  defineNode,
  p,
  type AboutNode,
  type ExecuteContext,
  type NodeResult,
} from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';

const about = {
  name: 'n8n-nodes-base.splitInBatches',
  label: 'Loop Over Items',
  description: 'Sends items on in batches, until all are done',
  group: ['flow'],
  icon: icon('M20 12a8 8 0 1 1-2.3-5.6', 'M20 3v4h-4'),
  // So that a resumed execution runs it again for the state of the loop.
  pure: true,
} satisfies Omit<AboutNode, 'version'>;

const params = (batchSize: number) => ({
  batchSize: p.number({ label: 'Batch size', default: batchSize, min: 1 }),
  options: p.collection({ label: 'Options', fields: { reset: p.boolean({ label: 'Reset' }) } }),
});

/** Version 3: done first, then loop. */
export const splitInBatchesNode = defineNode({
  ...about,
  version: 3,
  outputs: ['main', 'main'],
  outputNames: ['done', 'loop'],
  params: params(1),
  execute(context) {
    const step = nextBatch(context);
    return step.batch ? [[], step.batch] : [step.processed, []];
  },
});

/** Version 2: loop first, then done. */
export const splitInBatchesV2Node = defineNode({
  ...about,
  version: 2,
  outputs: ['main', 'main'],
  outputNames: ['loop', 'done'],
  params: params(10),
  execute(context) {
    const step = nextBatch(context);
    return step.batch ? [step.batch, []] : [[], step.processed];
  },
});

/** Version 1: one output, nothing once all are sent. */
export const splitInBatchesV1Node = defineNode({
  ...about,
  version: 1,
  params: params(10),
  execute: (context): NodeResult => {
    const { batch } = nextBatch(context);
    return batch ? [batch] : null;
  },
});

interface Step {
  /** The next batch; `undefined` once all items were sent. */
  readonly batch: Batch | undefined;
  readonly processed: Batch;
}

/**
 * Takes the loop one step on. Its state is the node's own (n8n-facts A8), by the names expressions read:
 * `items` still to send, `processedItems` that came back, `currentRunIndex`, `maxRunIndex`, `noItemsLeft`, `done`.
 */
function nextBatch(context: ExecuteContext): Step {
  const { state } = context;
  const size = sizeOf(context);
  const isFirst =
    state.items === undefined || context.param<boolean>('options.reset', 0, { fallback: false });
  const incoming = context.items();
  if (isFirst) {
    state.currentRunIndex = 0;
    state.maxRunIndex = Math.ceil(incoming.length / size);
    state.processedItems = [];
    state.items = incoming.map((item, index) => ({
      ...item,
      pairedItem: { item: index, ...sourceOf(context) },
    }));
    state.sourceData = context.sources?.[0] ?? undefined;
  } else {
    state.currentRunIndex = Number(state.currentRunIndex) + 1;
    state.processedItems = [
      ...batchOf(state.processedItems),
      ...incoming.map((item, index) => ({
        ...item,
        pairedItem: { item: index, ...sourceOf(context) },
      })),
    ];
  }
  const waiting = batchOf(state.items);
  const batch = waiting.slice(0, size);
  state.items = waiting.slice(size);
  state.noItemsLeft = waiting.length <= size;
  state.done = batch.length === 0;
  return { batch: batch.length ? batch : undefined, processed: batchOf(state.processedItems) };
}

function sizeOf(context: ExecuteContext): number {
  const size = Number(context.param('batchSize', 0));
  if (Number.isInteger(size) && size > 0) return size;
  throw new NodeError(
    `Batch size has to be a whole number above 0, but is ${size}`,
    { node: context.node.name },
    { fix: 'Set the batch size' },
  );
}

/** Lineage of items that come back in a later run leads to the run that brought them. */
function sourceOf(context: ExecuteContext): object {
  const source = context.sources?.[0];
  return source ? { sourceOverwrite: source } : {};
}

const batchOf = (value: unknown): readonly Item[] => (Array.isArray(value) ? value : []);
