export { executionsPlugin } from './executions.plugin.ts';
export { createExecutionService, type ExecutionService } from './executions.service.ts';
