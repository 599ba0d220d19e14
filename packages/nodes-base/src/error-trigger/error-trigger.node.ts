import { defineNode, p } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';

/** Starts an error workflow with what went wrong elsewhere. */
export const errorTriggerNode = defineNode({
  name: 'n8n-nodes-base.errorTrigger',
  label: 'Error Trigger',
  description: 'Starts the workflow when another one fails',
  version: 1,
  group: ['trigger'],
  icon: icon('M12 3l9 17H3z', 'M12 10v4', 'M12 17v.01'),
  inputs: [],
  pure: true,
  extra: { maxNodes: 1 },
  params: {
    notice: p.notice({
      text: 'Choose this workflow as the error workflow in the settings of others.',
    }),
  },
  execute(context) {
    const items = context.items();
    const isSample =
      context.mode === 'manual' &&
      items.length === 1 &&
      Object.keys(items[0]?.json ?? {}).length === 0;
    return [isSample ? [{ json: sampleError(context.workflow) }] : items];
  },
});

/** What a run by hand shows, in the shape of a real failure (n8n-facts A11.59). */
const sampleError = (workflow: { readonly id: string; readonly name: string }) => ({
  execution: {
    id: '231',
    url: '',
    retryOf: '34',
    error: { message: 'Example Error Message', stack: 'Stacktrace' },
    lastNodeExecuted: 'Node With Error',
    mode: 'manual',
  },
  workflow: { id: workflow.id, name: workflow.name },
});
