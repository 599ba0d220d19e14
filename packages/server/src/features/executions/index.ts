export { createBulkService, type BulkService } from './bulk.service.ts';
export { executionsPlugin } from './executions.plugin.ts';
export { createExecutionService, type ExecutionService } from './executions.service.ts';
export { createStartingService, type StartingService } from './starting.service.ts';
