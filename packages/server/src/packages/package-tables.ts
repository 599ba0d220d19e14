import { NotFoundError } from '@millrace/workflow/errors';
import type { NodePackage, Tables } from '@millrace/workflow/node-api';
import { WorkflowEntity, type Database } from '../db/index.ts';
import { checkPackages } from './check-packages.ts';
import { migratePackages } from './migrate-packages.ts';
import { createTables } from '../tables/index.ts';

/** The tables of all packages, by who asks. */
export interface PackageTables {
  of(projectId: string): Tables;
  /** As the project of the workflow sees them. It is looked up when the first row is. */
  ofWorkflow(workflowId: string): Tables;
}

/** Checks the packages and brings their tables up to date. @throws {PackageInvalidError} */
export async function openPackageTables(
  db: Database,
  packages: readonly NodePackage[],
  now: () => number = Date.now,
): Promise<PackageTables> {
  const reserved = new Set(db.source.entityMetadatas.map(({ tableName }) => tableName));
  checkPackages(packages, { reserved });
  await migratePackages(db, packages, now);
  const all = packages.flatMap(({ tables = [] }) => tables);
  const declared = new Map(all.map((table) => [table.name, table]));
  const of = (projectId: () => Promise<string>) => createTables({ db, declared, projectId, now });
  return {
    of: (projectId) => of(async () => projectId),
    ofWorkflow: (workflowId) => of(projectOf(db, workflowId)),
  };
}

/** The project of a workflow, asked for once. */
export function projectOf(db: Database, workflowId: string): () => Promise<string> {
  const held: { project?: Promise<string> } = {};
  return () => {
    held.project ??= findProject(db, workflowId);
    return held.project;
  };
}

async function findProject(db: Database, workflowId: string): Promise<string> {
  const row = await db.source
    .getRepository(WorkflowEntity)
    .findOne({ where: { id: workflowId }, select: { projectId: true } });
  if (!row) throw new NotFoundError('workflow', workflowId);
  return row.projectId;
}
