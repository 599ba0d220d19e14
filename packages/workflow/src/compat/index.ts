export { fromN8n } from './from-n8n.ts';
export { toN8n } from './to-n8n.ts';
