export type {
  Accepted,
  AcceptRequest,
  EventBus,
  ExecutionEnd,
  Executions,
  Reserved,
  RuntimeConfig,
  RuntimeEvent,
  RuntimeOptions,
  Secrets,
} from './runtime.types.ts';
export { createEventBus } from './event-bus.ts';
export { readBatches, readError, readRun } from './execution-rows.ts';
export { createRuntime, type Runtime } from './runtime.ts';
export type { LoadedWorkflow, WorkflowCache } from './workflow-cache.ts';
