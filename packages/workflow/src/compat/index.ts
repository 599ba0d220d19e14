export { fromN8n, type ImportedWorkflow } from './from-n8n.ts';
export { toN8n } from './to-n8n.ts';
