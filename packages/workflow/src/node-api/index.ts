export type {
  BaseContext,
  ExecuteContext,
  ExecutionMode,
  NodeLogger,
  ParamOptions,
  SubworkflowCall,
  SubworkflowResult,
  WebhookContext,
  WebhookRequest,
} from './context.ts';
export type {
  CrashPolicy,
  CredentialUse,
  DisplayOptions,
  NodeDescription,
  PortDescription,
  Property,
  PropertyChoice,
  PropertyGroup,
} from './description.ts';
export type {
  NodeRegistry,
  NodeResult,
  NodeType,
  ScheduleRule,
  WaitRequest,
  WebhookOutcome,
  WebhookResponse,
} from './node-type.ts';
export {
  defineNode,
  type AboutNode,
  type BatchNode,
  type ItemNode,
  type OperationsNode,
} from './define-node.ts';
export {
  defineNodePackage,
  type CredentialType,
  type NodePackage,
  type WorkflowTemplate,
} from './node-package.ts';
export { operation, type Operation, type Operations } from './operations.ts';
export { p } from './params/p.ts';
export {
  decodeParams,
  describeParams,
  type Common,
  type Param,
  type ParamMap,
  type Values,
  type When,
} from './params/param.ts';
export type { Assignment, LocatorMode } from './params/special.ts';
export { readParams, type ItemRun, type RunContext, type RunOutput } from './per-item.ts';
export { createRegistry, type Registry } from './registry.ts';
