import { defineNode } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';

/** Passes its items on. */
export const noOpNode = defineNode({
  name: 'n8n-nodes-base.noOp',
  label: 'No Operation, do nothing',
  description: 'Passes items on unchanged',
  version: 1,
  group: ['flow'],
  icon: icon('M4 12h14', 'M13 7l5 5-5 5'),
  pure: true,
  properties: [],
  execute: (context) => [context.items()],
});
