export type {
  ConnectionsJson,
  NodeJson,
  PinnedItem,
  WireEnd,
  WorkflowJson,
  WorkflowSettings,
} from './workflow-json.ts';
