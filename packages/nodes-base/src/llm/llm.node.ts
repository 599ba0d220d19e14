import { defineNode } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { ask } from './operations/ask.ts';
import { embed } from './operations/embed.ts';

/** Asks a language model of any service that speaks OpenAI's interface. */
export const llmNode = defineNode({
  name: 'n8n-nodes-base.llm',
  label: 'LLM',
  description: 'Asks a language model, with budgets, fall-back and answers held to a schema',
  version: 1,
  group: ['ai'],
  icon: icon('M12 3l2 6 6 2-6 2-2 6-2-6-6-2 6-2z', 'M19 16v4', 'M17 18h4'),
  credentials: [{ name: 'llmApi', required: true }],
  operations: { 'text.ask': ask, 'text.embed': embed },
});
