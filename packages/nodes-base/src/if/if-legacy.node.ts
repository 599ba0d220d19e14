import type { Item } from '@millrace/workflow/items';
import { defineNode, p, visitItems } from '@millrace/workflow/node-api';
import { legacyConditionsHold, legacyConditionsParam } from '../conditions/legacy-conditions.ts';
import { ifIcon } from './if.node.ts';

/** Version 1 of If: conditions grouped by type. */
export const ifLegacyNode = defineNode({
  name: 'n8n-nodes-base.if',
  label: 'If',
  description: 'Sends items one way or the other, by conditions',
  version: 1,
  group: ['flow'],
  icon: ifIcon,
  outputs: ['main', 'main'],
  outputNames: ['true', 'false'],
  pure: true,
  params: {
    conditions: legacyConditionsParam,
    combineOperation: p.options({
      label: 'Combine',
      default: 'all',
      choices: [
        { value: 'all', label: 'All' },
        { value: 'any', label: 'Any' },
      ],
    }),
  },
  execute(context) {
    const [yes, no]: [Item[], Item[]] = [[], []];
    const visit = (item: Item, index: number) => {
      const combine = context.param('combineOperation', index) === 'any' ? 'any' : 'all';
      const holds = legacyConditionsHold(context, index, combine);
      (holds ? yes : no).push({ ...item, pairedItem: { item: index } });
    };
    return visitItems(context, visit, () => [yes, no]);
  },
});
