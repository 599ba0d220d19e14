import type { Item } from '@millrace/workflow/items';
import { defineNode, p, visitItems } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';

export const filterIcon = icon('#0d9488', 'M4 5h16l-6 8v6l-4-2v-4z');

/** Keeps the items that meet conditions. What it drops is recorded on a second output nobody can wire. */
export const filterNode = defineNode({
  name: 'n8n-nodes-base.filter',
  label: 'Filter',
  description: 'Keeps the items that meet conditions',
  version: [2, 2.1, 2.2, 2.3],
  defaultVersion: 2.3,
  icon: filterIcon,
  outputNames: ['Kept', 'Discarded'],
  pure: true,
  params: {
    conditions: p.filter({ label: 'Conditions' }),
    looseTypeValidation: p.boolean({
      label: 'Convert types where required',
      when: { '@version': [{ _cnd: { gte: 2.1 } }] },
    }),
    options: p.collection({
      label: 'Options',
      fields: {
        ignoreCase: p.boolean({ label: 'Ignore case', default: true }),
        looseTypeValidation: p.boolean({
          label: 'Convert types where required',
          default: true,
          when: { '@version': [{ _cnd: { lt: 2.1 } }] },
        }),
      },
    }),
  },
  execute(context) {
    const [kept, dropped]: [Item[], Item[]] = [[], []];
    const visit = (item: Item, index: number) => {
      try {
        const isKept = context.param<boolean>('conditions', index, {
          fallback: false,
          extractValue: true,
        });
        (isKept ? kept : dropped).push(item);
      } catch (error) {
        if (!context.continueOnFail) throw error;
        dropped.push(item);
      }
    };
    return visitItems(context, visit, () => [kept, dropped]);
  },
});
