import type { Batch } from '@millrace/workflow/items';
import {
  defineNode,
  describeParams,
  p,
  type AboutNode,
  type ExecuteContext,
  type NodeType,
  type Property,
} from '@millrace/workflow/node-api';
import { aggregateItems, aggregateNode } from '../aggregate/aggregate.node.ts';
import { icon } from '../icon.ts';
import { limitItems, limitNode } from '../limit/limit.node.ts';
import {
  removeDuplicatesV1Node,
  withoutDuplicates,
} from '../remove-duplicates/remove-duplicates.node.ts';
import { sortItems, sortNode } from '../sort/sort.node.ts';
import { splitOutItems, splitOutNode } from '../split-out/split-out.node.ts';
import { summarizeItems, summarizeNode } from '../summarize/summarize.node.ts';

const about = {
  name: 'n8n-nodes-base.itemLists',
  label: 'Item Lists',
  description: 'Work on lists of items: the forerunner of Aggregate, Limit, Sort and others',
  icon: icon('M8 6h12', 'M8 12h12', 'M8 18h12', 'M4 6v.01', 'M4 12v.01', 'M4 18v.01'),
} satisfies Omit<AboutNode, 'version'>;

/** Versions 3 and 3.1. */
export const itemListsNode = defineNode({
  ...about,
  version: [3, 3.1],
  defaultVersion: 3.1,
  properties: listProperties('concatenateItems'),
  execute: async (context) => [await runOperation(context)],
});

/** Versions 1 to 2.2, where concatenating was called aggregating. */
export const itemListsLegacyNode = defineNode({
  ...about,
  version: [1, 2, 2.1, 2.2],
  properties: listProperties('aggregateItems'),
  execute: async (context) => [await runOperation(context)],
});

async function runOperation(context: ExecuteContext): Promise<Batch> {
  switch (context.param('operation', 0)) {
    case 'aggregateItems':
    case 'concatenateItems':
      return [aggregateItems(context)];
    case 'limit':
      return limitItems(
        context.items(),
        Number(context.param('maxItems', 0)),
        context.param('keep', 0) === 'lastItems',
      );
    case 'removeDuplicates':
      return withoutDuplicates(context);
    case 'sort':
      return await sortItems(context);
    case 'summarize':
      return summarizeItems(context);
    default:
      return splitOutItems(context);
  }
}

/** The parameters of the nodes that took over, each shown for its operation. */
function listProperties(gathering: 'aggregateItems' | 'concatenateItems'): readonly Property[] {
  const parts: readonly (readonly [string, NodeType])[] = [
    ['splitOutItems', splitOutNode],
    [gathering, aggregateNode],
    ['limit', limitNode],
    ['removeDuplicates', removeDuplicatesV1Node],
    ['sort', sortNode],
    ['summarize', summarizeNode],
  ];
  const choices = parts.map(([value]) => ({ value, label: value }));
  return [
    ...describeParams({
      resource: p.hidden({ default: 'itemList' }),
      operation: p.options({ label: 'Operation', default: 'splitOutItems', choices }),
    }),
    ...parts.flatMap(([operation, { description }]) =>
      description.properties.map((property) => shownFor(property, operation)),
    ),
  ];
}

function shownFor(property: Property, operation: string): Property {
  return {
    ...property,
    displayOptions: {
      ...property.displayOptions,
      show: { operation: [operation], ...property.displayOptions?.show },
    },
  };
}
