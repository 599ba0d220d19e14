import type { Batch } from '@millrace/workflow/items';
import { defineNode, p } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';

/** Keeps the first or last few items. */
export const limitNode = defineNode({
  name: 'n8n-nodes-base.limit',
  label: 'Limit',
  description: 'Keeps only the first or last items',
  version: 1,
  icon: icon('M4 6h16', 'M4 12h10', 'M4 18h4'),
  pure: true,
  params: {
    maxItems: p.number({ label: 'Max items', default: 1, min: 1 }),
    keep: p.options({
      label: 'Keep',
      default: 'firstItems',
      choices: [
        { value: 'firstItems', label: 'First items' },
        { value: 'lastItems', label: 'Last items' },
      ],
    }),
  },
  execute(context) {
    const count = Number(context.param('maxItems', 0));
    return [limitItems(context.items(), count, context.param('keep', 0) === 'lastItems')];
  },
});

/** At most `count` items from the front or the end, each paired to where it came from. */
export function limitItems(items: Batch, count: number, fromEnd: boolean): Batch {
  const paired = items.map((item, index) => ({ ...item, pairedItem: { item: index } }));
  if (count > paired.length) return paired;
  return fromEnd ? paired.slice(paired.length - count) : paired.slice(0, count);
}
