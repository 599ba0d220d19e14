import type { Item } from '@millrace/workflow/items';
import { defineNode, p, visitItems } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';

export const ifIcon = icon('#16a34a', 'M4 12h6', 'M10 12l5-6h5', 'M10 12l5 6h5');

/** Sends each item to "true" or "false". */
export const ifNode = defineNode({
  name: 'n8n-nodes-base.if',
  label: 'If',
  description: 'Sends items one way or the other, by conditions',
  version: [2, 2.1, 2.2, 2.3],
  defaultVersion: 2.3,
  group: ['flow'],
  icon: ifIcon,
  outputs: ['main', 'main'],
  outputNames: ['true', 'false'],
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
    const [yes, no]: [Item[], Item[]] = [[], []];
    const visit = (item: Item, index: number) => {
      try {
        const isTrue = context.param<boolean>('conditions', index, {
          fallback: false,
          extractValue: true,
        });
        (isTrue ? yes : no).push(item);
      } catch (error) {
        if (!context.continueOnFail) throw error;
        no.push(item);
      }
    };
    return visitItems(context, visit, () => [yes, no]);
  },
});
