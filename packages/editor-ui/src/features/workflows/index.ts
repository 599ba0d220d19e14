export { useWorkflowsStore } from './workflows.store.ts';
