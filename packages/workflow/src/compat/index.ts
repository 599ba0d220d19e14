export { findWorkflows } from './find-workflows.ts';
export { fromN8n, type ImportedWorkflow } from './from-n8n.ts';
export type { ImportReport } from './import-report.ts';
export { relinkWorkflow } from './relink-workflow.ts';
export { toN8n } from './to-n8n.ts';
