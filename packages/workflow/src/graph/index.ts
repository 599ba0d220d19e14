export { applyCommand } from './apply-command.ts';
export type { AppliedCommand, NodeSettingsChange, WorkflowCommand } from './commands.types.ts';
export { wiresOf, type Wire } from './connections.ts';
export { uniqueName } from './paste-clip.ts';
export {
  limitIn,
  LIMIT_RANGES,
  limitProblems,
  readLimits,
  type KeyLimit,
  type Limit,
  type LimitSettings,
  type RateLimit,
  type WorkflowLimits,
} from './limits.ts';
export { isNote, NOTE_TYPE } from './note.ts';
export { parseWorkflow, type ParsedWorkflow } from './parse-workflow.ts';
export type { Problem } from './problem.ts';
export { referencedNodes, renameReferences } from './rename-references.ts';
export { validateWorkflow } from './validate-workflow.ts';
export { createGraph, type WorkflowGraph } from './workflow-graph.ts';
export type {
  ConnectionsJson,
  NodeJson,
  PinnedItem,
  WireEnd,
  WorkflowJson,
  WorkflowSettings,
} from './workflow-json.ts';
