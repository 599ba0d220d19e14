import type { ProjectRole } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import { In } from 'typeorm';
import {
  ExecutionEntity,
  WorkflowEntity,
  type Database,
  type ExecutionRow,
} from '../../db/index.ts';
import type { Caller } from '../../platform/index.ts';
import type { ProjectService } from '../projects/index.ts';

/** Which executions somebody may see or steer: those of the workflows of their projects. */
export function createExecutionAccess(db: Database, projects: ProjectService) {
  const workflows = () => db.source.getRepository(WorkflowEntity);

  return {
    /** The row, for a caller who has at least `need` in its workflow's project. */
    async find(caller: Caller, id: string, need: ProjectRole): Promise<ExecutionRow> {
      const row = await db.source.getRepository(ExecutionEntity).findOneBy({ id });
      const workflow = row && (await workflows().findOneBy({ id: row.workflowId }));
      if (!row || !workflow) throw new NotFoundError('execution', id);
      await projects.require(caller, workflow.projectId, need, { kind: 'execution', id });
      return row;
    },

    /** Ids of the workflows that ran and whose executions the caller may see; undefined for all. */
    async visibleWorkflows(caller: Caller): Promise<string[] | undefined> {
      const visible = await projects.visibleTo(caller);
      if (visible === undefined) return undefined;
      const rows = await workflows()
        .createQueryBuilder('w')
        .select('w.id')
        .where({ projectId: In([...visible]) })
        .andWhere('EXISTS (SELECT 1 FROM "execution" e WHERE e."workflowId" = w.id)')
        .getMany();
      return rows.map(({ id }) => id);
    },

    async namesOf(rows: readonly ExecutionRow[]): Promise<ReadonlyMap<string, string>> {
      const ids = [...new Set(rows.map(({ workflowId }) => workflowId))];
      const found = await workflows().find({
        where: { id: In(ids) },
        select: { id: true, name: true },
      });
      return new Map(found.map(({ id, name }) => [id, name]));
    },
  };
}

export type ExecutionAccess = ReturnType<typeof createExecutionAccess>;
