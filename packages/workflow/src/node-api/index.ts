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
