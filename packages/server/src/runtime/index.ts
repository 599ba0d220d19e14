export type {
  Accepted,
  AcceptRequest,
  EventBus,
  ExecutionEnd,
  Executions,
  LlmOf,
  ProcessRole,
  ReachPoint,
  Reserved,
  RuntimeConfig,
  RuntimeEvent,
  RuntimeOptions,
  Secrets,
} from './runtime.types.ts';
export { createEventBus } from './event-bus.ts';
export { readError } from './execution-rows.ts';
export type { BinaryStore } from './binary/binary-store.ts';
export { sweepBlobs } from './binary/sweep-blobs.ts';
export {
  createCredentialLimits,
  storedLimit,
  type CredentialLimits,
  type CredentialUse,
  type CredentialWait,
} from './limits/index.ts';
export { loadRuns, loadStart } from './outputs/load-runs.ts';
export type { DraftAddress, ListeningDraft, Question, Reply } from './link/link.types.ts';
export { packedRuns } from './run-packs.ts';
export { createRuntime, type Runtime } from './runtime.ts';
export { repeat } from './timers.ts';
export { systemClock } from './system-ports.ts';
export type { CrashDecision } from './leases.ts';
export { loadRedisTransport, type Transport } from './transport.ts';
export type { LoadedWorkflow, WorkflowCache } from './workflow-cache.ts';
