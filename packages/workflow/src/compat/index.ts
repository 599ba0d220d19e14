export { fromN8n, toN8n, type ImportNote } from './n8n-workflow.ts';
