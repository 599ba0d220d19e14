import type { JobStatus } from '@millrace/workflow/node-api';
import { EntitySchema } from 'typeorm';

/** A migration of a package that was applied. */
export interface PackageMigrationRow {
  package: string;
  name: string;
  appliedAt: number;
}

export const PackageMigrationEntity = new EntitySchema<PackageMigrationRow>({
  name: 'package_migration',
  columns: {
    package: {
      type: 'varchar',
      length: 128,
      primary: true,
      primaryKeyConstraintName: 'pk_package_migration',
    },
    name: {
      type: 'varchar',
      length: 128,
      primary: true,
      primaryKeyConstraintName: 'pk_package_migration',
    },
    appliedAt: { type: 'bigint' },
  },
});

/** Long work of a package, and where it stands. */
export interface PackageJobRow {
  id: string;
  projectId: string;
  name: string;
  status: JobStatus;
  /** JSON object. */
  input: string;
  /** JSON object: how far it is. */
  state: string;
  /** JSON object. */
  result: string | null;
  /** JSON: code and message. */
  error: string | null;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  leaseOwner: string | null;
  leaseUntil: number | null;
}

export const PackageJobEntity = new EntitySchema<PackageJobRow>({
  name: 'package_job',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_package_job' },
    projectId: { type: 'varchar', length: 36 },
    name: { type: 'varchar', length: 128 },
    status: { type: 'varchar', length: 16 },
    input: { type: 'text' },
    state: { type: 'text' },
    result: { type: 'text', nullable: true },
    error: { type: 'text', nullable: true },
    createdAt: { type: 'bigint' },
    startedAt: { type: 'bigint', nullable: true },
    finishedAt: { type: 'bigint', nullable: true },
    leaseOwner: { type: 'varchar', length: 36, nullable: true },
    leaseUntil: { type: 'bigint', nullable: true },
  },
  indices: [
    { name: 'ix_package_job_lease', columns: ['status', 'leaseUntil'] },
    { name: 'ix_package_job_project', columns: ['projectId', 'name', 'createdAt'] },
  ],
  foreignKeys: [
    {
      name: 'fk_package_job_project',
      target: 'project',
      columnNames: ['projectId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

/** The workflow a project made of a template, for programmes that start it. */
export interface TemplateCopyRow {
  projectId: string;
  templateId: string;
  workflowId: string;
}

export const TemplateCopyEntity = new EntitySchema<TemplateCopyRow>({
  name: 'template_copy',
  columns: {
    projectId: {
      type: 'varchar',
      length: 36,
      primary: true,
      primaryKeyConstraintName: 'pk_template_copy',
    },
    templateId: {
      type: 'varchar',
      length: 128,
      primary: true,
      primaryKeyConstraintName: 'pk_template_copy',
    },
    workflowId: { type: 'varchar', length: 36 },
  },
  foreignKeys: [
    {
      name: 'fk_template_copy_project',
      target: 'project',
      columnNames: ['projectId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
    {
      name: 'fk_template_copy_workflow',
      target: 'workflow',
      columnNames: ['workflowId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
