import { defineNode, p } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';

/** Starts a workflow by hand. */
export const manualTriggerNode = defineNode({
  name: 'n8n-nodes-base.manualTrigger',
  label: 'Manual Trigger',
  description: 'Starts the workflow when you press Run',
  version: 1,
  group: ['trigger'],
  icon: icon('M5 3l6 16 2-7 7-2z'),
  inputs: [],
  pure: true,
  extra: { maxNodes: 1 },
  params: {
    notice: p.notice({ text: 'This node is where a run by hand starts.' }),
  },
  execute: (context) => [context.items()],
});
