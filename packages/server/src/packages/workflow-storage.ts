import type { ProjectStorage } from '@millrace/workflow/engine';
import type { DataTables, Tables } from '@millrace/workflow/node-api';
import type { Database } from '../db/index.ts';
import { createDataTables } from '../features/data-tables/index.ts';
import { projectOf, type PackageTables } from './package-tables.ts';

interface StorageOptions {
  readonly db: Database;
  readonly packageTables: PackageTables;
  readonly workflowId: string;
}

/** What a workflow's project keeps. Most executions ask for none of it, so it is made on demand. */
export function workflowStorage({ db, packageTables, workflowId }: StorageOptions): ProjectStorage {
  const held: { tables?: Tables; dataTables?: DataTables } = {};
  return {
    get tables() {
      return (held.tables ??= packageTables.ofWorkflow(workflowId));
    },
    get dataTables() {
      return (held.dataTables ??= createDataTables(async () => db, projectOf(db, workflowId)));
    },
  };
}
