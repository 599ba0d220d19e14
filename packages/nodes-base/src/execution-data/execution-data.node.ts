import type { JsonObject } from '@millrace/workflow/items';
import { defineNode, p } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { forEachItem } from '../items/for-each-item.ts';

/** Saves values with the execution, to find it by later. Items go through as they are. */
export const executionDataNode = defineNode({
  name: 'n8n-nodes-base.executionData',
  label: 'Execution Data',
  description: 'Saves values with the execution, to find it by later',
  version: [1, 1.1],
  defaultVersion: 1.1,
  icon: icon('M5 4h14v16H5z', 'M9 9h6', 'M9 13h6', 'M9 17h3'),
  codex: { alias: ['Custom data', 'Highlight', 'Filter', 'Tag'] },
  params: {
    operation: p.options({
      label: 'Operation',
      default: 'save',
      fixed: true,
      choices: [{ value: 'save', label: 'Save highlight data (for search/review)' }],
    }),
    dataToSave: p.list({
      label: 'Data to save',
      when: { operation: ['save'] },
      addLabel: 'Add saved field',
      item: {
        key: p.string({ label: 'Key', hint: 'At most 50 letters, digits and _' }),
        value: p.string({ label: 'Value', hint: 'At most 512 characters' }),
      },
    }),
  },
  execute: (context) =>
    forEachItem(context, (item, index) => {
      const rows = context.param<readonly JsonObject[]>('dataToSave.values', index, {
        fallback: [],
      });
      for (const { key, value } of rows) context.customData.set(String(key), value);
      return { ...item, pairedItem: { item: index } };
    }),
});
