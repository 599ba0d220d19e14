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
export { createBinaryStore } from './binary-store.ts';
export { createEventBus } from './event-bus.ts';
export { readBatches, readError, readRun } from './execution-rows.ts';
export { QueueFullError } from './queue-full.error.ts';
export { createRuntime, type Runtime } from './runtime.ts';
export type { LoadedWorkflow, WorkflowCache } from './workflow-cache.ts';
