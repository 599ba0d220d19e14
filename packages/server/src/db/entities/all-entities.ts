import { CredentialEntity } from './credential.entity.ts';
import { ExecutionEntity, ExecutionRunEntity } from './execution.entity.ts';
import { AuditEntity, SettingEntity, VariableEntity } from './instance.entity.ts';
import { ProcessEntity } from './process.entity.ts';
import { ProjectEntity, ProjectMemberEntity } from './project.entity.ts';
import { ScheduleEntity, WebhookRouteEntity } from './trigger.entity.ts';
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
  ScheduleEntity,
  CredentialEntity,
  ExecutionEntity,
  ExecutionRunEntity,
  ProcessEntity,
  VariableEntity,
  SettingEntity,
  AuditEntity,
];
