import { defineNode } from '@millrace/workflow/node-api';
import { conditionParams, partItems } from '../conditions/part-items.ts';
import { icon } from '../icon.ts';

export const ifIcon = icon('M4 12h6', 'M10 12l5-6h5', 'M10 12l5 6h5');

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
  params: conditionParams,
  execute: partItems,
});
