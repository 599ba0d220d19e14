export type {
  Accepted,
  AcceptRequest,
  EventBus,
  ExecutionEnd,
  Executions,
  RuntimeConfig,
  RuntimeEvent,
  RuntimeOptions,
  Secrets,
} from './runtime.types.ts';
export { createBinaryStore } from './binary-store.ts';
export { createEventBus } from './event-bus.ts';
