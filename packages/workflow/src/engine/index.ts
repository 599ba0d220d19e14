export { findStartNode, isTrigger } from './find-start.ts';
export { noTables } from './context/no-tables.ts';
export { toErrorData } from './error-data.ts';
export { runExecution } from './run-execution.ts';
export type {
  CredentialRef,
  EngineEvent,
  EnginePorts,
  ExecutionOutcome,
  ExecutionRequest,
  ProjectStorage,
  RunExecution,
} from './run-execution.types.ts';
