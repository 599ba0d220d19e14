import { Table, type MigrationInterface, type QueryRunner, type TableOptions } from 'typeorm';
import {
  flag,
  id,
  instant,
  integer,
  keyOf,
  longText,
  maybe,
  reference,
  text,
} from './table-columns.ts';

/** People, projects, workflows, triggers, executions: the tables of the first release. */
export class CreateCore1763700000000 implements MigrationInterface {
  readonly name = 'CreateCore1763700000000';

  async up(db: QueryRunner) {
    for (const table of TABLES) await db.createTable(new Table(table));
  }

  async down(db: QueryRunner) {
    for (const { name } of TABLES.toReversed()) await db.dropTable(name);
  }
}

const PEOPLE: TableOptions[] = [
  {
    name: 'user',
    columns: [
      id('id', keyOf('user')),
      text('email', 254),
      text('name', 100),
      text('role', 16),
      text('passwordHash', 255),
      instant('createdAt'),
      instant('updatedAt'),
    ],
    uniques: [{ name: 'uq_user_email', columnNames: ['email'] }],
  },
  {
    name: 'session',
    columns: [
      text('id', 64, keyOf('session')),
      id('userId'),
      instant('createdAt'),
      instant('expiresAt'),
    ],
    indices: [{ name: 'ix_session_user', columnNames: ['userId'] }],
    foreignKeys: [reference('session', 'userId', 'user', 'CASCADE')],
  },
  {
    name: 'api_key',
    columns: [
      id('id', keyOf('api_key')),
      id('userId'),
      text('name', 100),
      text('hash', 64),
      text('hint', 16),
      longText('scopes', maybe),
      instant('expiresAt', maybe),
      instant('lastUsedAt', maybe),
      instant('createdAt'),
    ],
    uniques: [{ name: 'uq_api_key_hash', columnNames: ['hash'] }],
    foreignKeys: [reference('api_key', 'userId', 'user', 'CASCADE')],
  },
  {
    name: 'project',
    columns: [
      id('id', keyOf('project')),
      text('name', 128),
      text('kind', 16),
      instant('createdAt'),
    ],
  },
  {
    name: 'project_member',
    columns: [
      id('projectId', keyOf('project_member')),
      id('userId', keyOf('project_member')),
      text('role', 16),
    ],
    indices: [{ name: 'ix_project_member_user', columnNames: ['userId'] }],
    foreignKeys: [
      reference('project_member', 'projectId', 'project', 'CASCADE'),
      reference('project_member', 'userId', 'user', 'CASCADE'),
    ],
  },
];

const WORKFLOWS: TableOptions[] = [
  {
    name: 'workflow',
    columns: [
      id('id', keyOf('workflow')),
      id('projectId'),
      text('name', 128),
      longText('draft'),
      integer('nodeCount'),
      integer('revision'),
      id('publishedVersionId', maybe),
      integer('publishedRevision', maybe),
      instant('createdAt'),
      instant('updatedAt'),
    ],
    indices: [{ name: 'ix_workflow_project', columnNames: ['projectId'] }],
    foreignKeys: [reference('workflow', 'projectId', 'project')],
  },
  {
    name: 'workflow_version',
    columns: [
      id('id', keyOf('workflow_version')),
      id('workflowId'),
      integer('number'),
      text('name', 128),
      longText('workflow'),
      id('createdBy', maybe),
      instant('createdAt'),
    ],
    uniques: [{ name: 'uq_workflow_version_number', columnNames: ['workflowId', 'number'] }],
    foreignKeys: [reference('workflow_version', 'workflowId', 'workflow', 'CASCADE')],
  },
  {
    name: 'static_data',
    columns: [
      id('workflowId', keyOf('static_data')),
      text('scope', 300, keyOf('static_data')),
      longText('data'),
      instant('updatedAt'),
    ],
    foreignKeys: [reference('static_data', 'workflowId', 'workflow', 'CASCADE')],
  },
  {
    name: 'webhook_route',
    columns: [
      id('id', keyOf('webhook_route')),
      id('workflowId'),
      id('versionId', maybe),
      text('kind', 16),
      text('node', 256),
      text('webhookName', 64),
      text('method', 16),
      text('path', 512),
      integer('segmentCount'),
      flag('hasParams'),
      instant('expiresAt', maybe),
      instant('createdAt'),
    ],
    uniques: [{ name: 'uq_webhook_route', columnNames: ['kind', 'method', 'path'] }],
    indices: [{ name: 'ix_webhook_route_workflow', columnNames: ['workflowId'] }],
    foreignKeys: [reference('webhook_route', 'workflowId', 'workflow', 'CASCADE')],
  },
  {
    name: 'schedule',
    columns: [
      id('id', keyOf('schedule')),
      id('workflowId'),
      id('versionId'),
      text('node', 256),
      integer('ruleIndex'),
      text('cron', 255),
      longText('every', maybe),
      text('timezone', 64),
      text('missed', 8),
      instant('nextAt'),
      instant('lastAt', maybe),
      instant('createdAt'),
    ],
    uniques: [{ name: 'uq_schedule_rule', columnNames: ['workflowId', 'node', 'ruleIndex'] }],
    indices: [{ name: 'ix_schedule_next', columnNames: ['nextAt'] }],
    foreignKeys: [reference('schedule', 'workflowId', 'workflow', 'CASCADE')],
  },
  {
    name: 'credential',
    columns: [
      id('id', keyOf('credential')),
      id('projectId'),
      text('name', 128),
      text('type', 128),
      longText('data'),
      text('wrappedKey', 255),
      longText('hosts'),
      longText('filledFields'),
      instant('createdAt'),
      instant('updatedAt'),
    ],
    indices: [{ name: 'ix_credential_project', columnNames: ['projectId'] }],
    foreignKeys: [reference('credential', 'projectId', 'project')],
  },
];

const EXECUTIONS: TableOptions[] = [
  {
    name: 'execution',
    columns: [
      id('id', keyOf('execution')),
      id('workflowId'),
      id('versionId', maybe),
      longText('snapshot', maybe),
      text('mode', 16),
      text('status', 16),
      text('startNode', 256, maybe),
      longText('triggerData', maybe),
      text('destination', 256, maybe),
      id('parentId', maybe),
      id('retryOf', maybe),
      longText('customData', maybe),
      instant('createdAt'),
      instant('startedAt', maybe),
      instant('finishedAt', maybe),
      longText('error', maybe),
      text('lastNode', 256, maybe),
      text('waitNode', 256, maybe),
      instant('waitUntil', maybe),
      text('resumeTokenHash', 64, maybe),
      text('leaseOwner', 64, maybe),
      instant('leaseUntil', maybe),
      integer('fence', { default: 0 }),
    ],
    indices: [
      { name: 'ix_execution_lease', columnNames: ['status', 'leaseUntil'] },
      { name: 'ix_execution_wait', columnNames: ['status', 'waitUntil'] },
      { name: 'ix_execution_workflow', columnNames: ['workflowId', 'createdAt'] },
      { name: 'ix_execution_created', columnNames: ['createdAt'] },
    ],
  },
  {
    name: 'execution_run',
    columns: [
      id('executionId', keyOf('execution_run')),
      text('node', 256, keyOf('execution_run')),
      integer('runIndex', keyOf('execution_run')),
      integer('attempt', keyOf('execution_run')),
      integer('seq'),
      text('status', 16),
      instant('startedAt'),
      integer('durationMs'),
      longText('sources'),
      longText('outputs'),
      longText('error', maybe),
    ],
    foreignKeys: [reference('execution_run', 'executionId', 'execution', 'CASCADE')],
  },
];

const INSTANCE: TableOptions[] = [
  {
    name: 'variable',
    columns: [id('id', keyOf('variable')), text('key', 64), longText('value')],
    uniques: [{ name: 'uq_variable_key', columnNames: ['key'] }],
  },
  {
    name: 'setting',
    columns: [text('key', 64, keyOf('setting')), longText('value')],
  },
  {
    name: 'audit',
    columns: [
      id('id', keyOf('audit')),
      instant('at'),
      id('userId', maybe),
      text('action', 64),
      text('target', 128),
      longText('details'),
    ],
    indices: [{ name: 'ix_audit_at', columnNames: ['at'] }],
  },
];

const TABLES = [...PEOPLE, ...WORKFLOWS, ...EXECUTIONS, ...INSTANCE];
