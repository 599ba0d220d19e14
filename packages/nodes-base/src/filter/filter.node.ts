import { defineNode } from '@millrace/workflow/node-api';
import { conditionParams, partItems } from '../conditions/part-items.ts';
import { icon } from '../icon.ts';

export const filterIcon = icon('M4 5h16l-6 8v6l-4-2v-4z');

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
  params: conditionParams,
  execute: partItems,
});
