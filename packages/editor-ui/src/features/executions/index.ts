export { useExecutionsStore } from './executions.store.ts';
