export { isDatabaseAway } from './database-away.ts';
export type { Database } from './database.ts';
export { alone } from './alone.ts';
export { MIGRATION_NAMES } from './migrations/all-migrations.ts';
export { openDatabase } from './open-database.ts';
export { requireStopped } from './require-stopped.ts';
export {
  appliedMigrations,
  compareHistory,
  hasTable,
  undoNewest,
  type SchemaHistory,
} from './schema-history.ts';
export { newId } from './new-id.ts';
export { CredentialEntity, type CredentialRow } from './entities/credential.entity.ts';
export {
  ExecutionEntity,
  ExecutionRunEntity,
  HELD_BY_WORKFLOW,
  type ExecutionRow,
  type ExecutionRunRow,
  type LimitName,
} from './entities/execution.entity.ts';
export {
  AuditEntity,
  SettingEntity,
  VariableEntity,
  type AuditRow,
  type SettingRow,
  type VariableRow,
} from './entities/instance.entity.ts';
export { KeptAnswerEntity, type KeptAnswerRow } from './entities/kept-answer.entity.ts';
export { ProcessEntity, type ProcessRow } from './entities/process.entity.ts';
export {
  CredentialSlotEntity,
  RateStartEntity,
  type CredentialSlotRow,
  type RateStartRow,
} from './entities/limit.entity.ts';
export {
  LlmBudgetEntity,
  LlmCacheEntity,
  LlmCallEntity,
  LlmPriceEntity,
  type LlmBudgetRow,
  type LlmPriceRow,
} from './entities/llm.entity.ts';
export {
  OAuth2FlowEntity,
  OAuth2RenewalEntity,
  type OAuth2FlowRow,
} from './entities/oauth2.entity.ts';
export { DataTableEntity, type DataTableRow } from './entities/data-table.entity.ts';
export {
  PackageJobEntity,
  PackageMigrationEntity,
  TemplateCopyEntity,
  type PackageJobRow,
} from './entities/package.entity.ts';
export { TagEntity, WorkflowTagEntity, type TagRow } from './entities/tag.entity.ts';
export { ListenerEntity, type ListenerRow } from './entities/listener.entity.ts';
export { PollEntity, type PollRow } from './entities/poll.entity.ts';
export {
  ProjectEntity,
  ProjectMemberEntity,
  type ProjectMemberRow,
  type ProjectRow,
} from './entities/project.entity.ts';
export {
  ScheduleEntity,
  KeptCallEntity,
  WebhookRouteEntity,
  type ScheduleRow,
  type KeptCallRow,
  type WebhookRouteRow,
} from './entities/trigger.entity.ts';
export {
  ApiKeyEntity,
  SessionEntity,
  UserEntity,
  type ApiKeyRow,
  type SessionRow,
  type UserRow,
} from './entities/user.entity.ts';
export {
  StaticDataEntity,
  WorkflowEntity,
  WorkflowVersionEntity,
  type StaticDataRow,
  type WorkflowRow,
  type WorkflowVersionRow,
} from './entities/workflow.entity.ts';
