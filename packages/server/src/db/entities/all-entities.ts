import { CredentialEntity } from './credential.entity.ts';
import { DataTableEntity } from './data-table.entity.ts';
import { ExecutionEntity, ExecutionRunEntity } from './execution.entity.ts';
import { AuditEntity, SettingEntity, VariableEntity } from './instance.entity.ts';
import { KeptAnswerEntity } from './kept-answer.entity.ts';
import { ProcessEntity } from './process.entity.ts';
import { LlmBudgetEntity, LlmCacheEntity, LlmCallEntity, LlmPriceEntity } from './llm.entity.ts';
import { CredentialSlotEntity, RateStartEntity } from './limit.entity.ts';
import { ListenerEntity } from './listener.entity.ts';
import { OAuth2FlowEntity, OAuth2RenewalEntity } from './oauth2.entity.ts';
import { PackageJobEntity, PackageMigrationEntity, TemplateCopyEntity } from './package.entity.ts';
import { PollEntity } from './poll.entity.ts';
import { ProjectEntity, ProjectMemberEntity } from './project.entity.ts';
import { TagEntity, WorkflowTagEntity } from './tag.entity.ts';
import { KeptCallEntity, ScheduleEntity, WebhookRouteEntity } from './trigger.entity.ts';
import { ApiKeyEntity, SessionEntity, UserEntity } from './user.entity.ts';
import { StaticDataEntity, WorkflowEntity, WorkflowVersionEntity } from './workflow.entity.ts';

/** Every table of the core. */
export const ENTITIES = [
  UserEntity,
  SessionEntity,
  ApiKeyEntity,
  ProjectEntity,
  ProjectMemberEntity,
  WorkflowEntity,
  WorkflowVersionEntity,
  StaticDataEntity,
  WebhookRouteEntity,
  KeptCallEntity,
  ScheduleEntity,
  PollEntity,
  ListenerEntity,
  CredentialEntity,
  CredentialSlotEntity,
  RateStartEntity,
  OAuth2FlowEntity,
  OAuth2RenewalEntity,
  LlmCallEntity,
  LlmPriceEntity,
  LlmBudgetEntity,
  LlmCacheEntity,
  ExecutionEntity,
  ExecutionRunEntity,
  KeptAnswerEntity,
  ProcessEntity,
  VariableEntity,
  SettingEntity,
  AuditEntity,
  PackageMigrationEntity,
  PackageJobEntity,
  TemplateCopyEntity,
  TagEntity,
  WorkflowTagEntity,
  DataTableEntity,
];
