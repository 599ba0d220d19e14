import type { Item } from '@millrace/workflow/items';
import { defineNode, p, visitItems } from '@millrace/workflow/node-api';
import { legacyConditionsHold, legacyConditionsParam } from '../conditions/legacy-conditions.ts';
import { filterIcon } from './filter.node.ts';

/** Version 1 of Filter: conditions grouped by type. */
export const filterLegacyNode = defineNode({
  name: 'n8n-nodes-base.filter',
  label: 'Filter',
  description: 'Keeps the items that meet conditions',
  version: 1,
  icon: filterIcon,
  outputNames: ['Kept', 'Discarded'],
  pure: true,
  params: {
    conditions: legacyConditionsParam,
    combineConditions: p.options({
      label: 'Combine conditions',
      default: 'AND',
      choices: [
        { value: 'AND', label: 'And' },
        { value: 'OR', label: 'Or' },
      ],
    }),
  },
  execute(context) {
    const [kept, dropped]: [Item[], Item[]] = [[], []];
    const visit = (item: Item, index: number) => {
      const combine = context.param('combineConditions', index) === 'OR' ? 'any' : 'all';
      const holds = legacyConditionsHold(context, index, combine);
      (holds ? kept : dropped).push({ ...item, pairedItem: { item: index } });
    };
    return visitItems(context, visit, () => [kept, dropped]);
  },
});
