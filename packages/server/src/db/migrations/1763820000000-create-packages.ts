import { Table, type MigrationInterface, type QueryRunner, type TableOptions } from 'typeorm';
import { id, instant, integer, keyOf, longText, maybe, reference, text } from './table-columns.ts';

/** What packages bring (their migrations, jobs and templates), tags and data tables. */
export class CreatePackages1763820000000 implements MigrationInterface {
  readonly name = 'CreatePackages1763820000000';

  async up(db: QueryRunner) {
    for (const table of TABLES) await db.createTable(new Table(table));
  }

  async down(db: QueryRunner) {
    for (const { name } of TABLES.toReversed()) await db.dropTable(name);
  }
}

const TABLES: TableOptions[] = [
  {
    name: 'package_migration',
    columns: [
      text('package', 128, keyOf('package_migration')),
      text('name', 128, keyOf('package_migration')),
      instant('appliedAt'),
    ],
  },
  {
    name: 'package_job',
    columns: [
      id('id', keyOf('package_job')),
      id('projectId'),
      text('name', 128),
      text('status', 16),
      longText('input'),
      longText('state'),
      longText('result', maybe),
      longText('error', maybe),
      instant('createdAt'),
      instant('startedAt', maybe),
      instant('finishedAt', maybe),
      id('leaseOwner', maybe),
      instant('leaseUntil', maybe),
    ],
    indices: [
      { name: 'ix_package_job_lease', columnNames: ['status', 'leaseUntil'] },
      { name: 'ix_package_job_project', columnNames: ['projectId', 'name', 'createdAt'] },
    ],
    foreignKeys: [reference('package_job', 'projectId', 'project', 'CASCADE')],
  },
  {
    name: 'template_copy',
    columns: [
      id('projectId', keyOf('template_copy')),
      text('templateId', 128, keyOf('template_copy')),
      id('workflowId'),
    ],
    foreignKeys: [
      reference('template_copy', 'projectId', 'project', 'CASCADE'),
      reference('template_copy', 'workflowId', 'workflow', 'CASCADE'),
    ],
  },
  {
    name: 'tag',
    columns: [id('id', keyOf('tag')), text('name', 64), instant('createdAt')],
    uniques: [{ name: 'uq_tag_name', columnNames: ['name'] }],
  },
  {
    name: 'workflow_tag',
    columns: [id('workflowId', keyOf('workflow_tag')), id('tagId', keyOf('workflow_tag'))],
    indices: [{ name: 'ix_workflow_tag_tag', columnNames: ['tagId'] }],
    foreignKeys: [
      reference('workflow_tag', 'workflowId', 'workflow', 'CASCADE'),
      reference('workflow_tag', 'tagId', 'tag', 'CASCADE'),
    ],
  },
  {
    name: 'data_table',
    columns: [
      id('id', keyOf('data_table')),
      id('projectId'),
      text('name', 128),
      longText('columns'),
      integer('nextColumn'),
      integer('nextRowId'),
      instant('createdAt'),
      instant('updatedAt'),
    ],
    uniques: [{ name: 'uq_data_table_name', columnNames: ['projectId', 'name'] }],
    foreignKeys: [reference('data_table', 'projectId', 'project')],
  },
];
