import type { ProjectRole } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import { DataTableEntity, type Database } from '../../db/index.ts';
import type { Caller } from '../../platform/index.ts';
import type { ProjectService } from '../projects/index.ts';
import { createDataTables, type ManagedDataTables } from './data-tables.service.ts';

export type DataTableAccess = ReturnType<typeof createDataTableAccess>;

/** The data tables a caller may use. */
export function createDataTableAccess(db: Database, projects: ProjectService) {
  const of = (projectId: string): ManagedDataTables =>
    createDataTables(
      async () => db,
      async () => projectId,
    );

  return {
    /** Those of a project, or of the caller's own. */
    async in(caller: Caller, asked: string | undefined, need: ProjectRole) {
      const projectId = asked ?? (await projects.personalIdOf(caller));
      await projects.require(caller, projectId, need, { kind: 'project', id: projectId });
      return of(projectId);
    },

    /** Those of the project one table is in. @throws {NotFoundError} */
    async around(caller: Caller, id: string, need: ProjectRole) {
      const row = await db.source.getRepository(DataTableEntity).findOneBy({ id });
      if (!row) throw new NotFoundError('data table', id);
      await projects.require(caller, row.projectId, need, { kind: 'data table', id });
      return of(row.projectId);
    },

    /** @throws {NotFoundError} */
    async open(caller: Caller, id: string, need: ProjectRole) {
      return (await this.around(caller, id, need)).open({ id });
    },
  };
}
