export type {
  EngineEvent,
  EnginePorts,
  ExecutionOutcome,
  ExecutionRequest,
  RunExecution,
} from './run-execution.types.ts';
