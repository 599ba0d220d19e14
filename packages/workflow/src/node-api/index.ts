export type {
  BaseContext,
  ExecuteContext,
  ExecutionMode,
  ListenContext,
  NodeLogger,
  ParamOptions,
  PollContext,
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
  PollOutcome,
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
  type Authenticate,
  type CredentialTest,
  type CredentialType,
  type GenericAuthenticate,
  type NodePackage,
  type WorkflowTemplate,
} from './node-package.ts';
export { c, type Column, type ColumnReference, type ColumnType } from './column.ts';
export type {
  DataColumn,
  DataColumnType,
  DataCondition,
  DataConditionKind,
  DataFilter,
  DataQuery,
  DataRow,
  DataTable,
  DataTableInfo,
  DataTables,
  DataValue,
} from './data-tables.ts';
export type { FromSchema, JsonSchema } from './json-schema.ts';
export {
  defineJob,
  type JobContext,
  type JobInfo,
  type Jobs,
  type JobStatus,
  type PackageJob,
} from './package-job.ts';
export {
  defineRoute,
  type PackageRoute,
  type Pause,
  type RouteContext,
  type WorkflowStarter,
} from './package-route.ts';
export {
  addColumn,
  addIndex,
  createTable,
  defineMigration,
  dropColumn,
  dropIndex,
  dropTable,
  type TableMigration,
  type TableStep,
} from './table-migration.ts';
export { defineTable, type NewRow, type Row, type TableDeclaration } from './table.ts';
export type {
  Aggregate,
  Condition,
  Figures,
  Grouping,
  OrderBy,
  Query,
  Tables,
  TableStore,
  UpsertOptions,
  Where,
} from './tables.ts';
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
export { createPauses, inTurns, mapItems, visitItems } from './turns.ts';
