import type { Item } from '@millrace/workflow/items';
import { p, visitItems, type ExecuteContext, type NodeResult } from '@millrace/workflow/node-api';

/** Parameters of nodes that judge each item by conditions (n8n-facts C8), from version 2 on. */
export const conditionParams = {
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
};

/**
 * Two outputs: items that meet the conditions, and the others. An item that cannot be judged goes
 * with the others when the node continues on errors.
 */
export function partItems(context: ExecuteContext): NodeResult | Promise<NodeResult> {
  const [met, others]: [Item[], Item[]] = [[], []];
  const visit = (item: Item, index: number) => {
    try {
      const isMet = context.param<boolean>('conditions', index, {
        fallback: false,
        extractValue: true,
      });
      (isMet ? met : others).push(item);
    } catch (error) {
      if (!context.continueOnFail) throw error;
      others.push(item);
    }
  };
  return visitItems(context, visit, () => [met, others]);
}
