import type { TagRef } from '@millrace/api';
import { Raw, type FindOperator } from 'typeorm';
import { TagEntity, WorkflowTagEntity, type Database } from '../../db/index.ts';

/** Ids of the workflows with a tag, given by its id or name: a condition on a workflow's id. */
export const hasTag = (tag: string): FindOperator<string> =>
  Raw(
    (id) =>
      `${id} IN (SELECT wt."workflowId" FROM workflow_tag wt JOIN tag t ON t.id = wt."tagId" WHERE t.id = :tag OR t.name = :tag)`,
    { tag },
  );

/** The tags of some workflows, by name. */
export async function tagsOfWorkflows(
  db: Database,
  workflowIds: readonly string[],
): Promise<Map<string, TagRef[]>> {
  if (workflowIds.length === 0) return new Map();
  const rows: readonly { workflowId: string; id: string; name: string }[] = await db.source
    .createQueryBuilder(WorkflowTagEntity, 'wt')
    .innerJoin(TagEntity.options.name, 't', 't.id = wt.tagId')
    .select(['wt.workflowId AS "workflowId"', 't.id AS "id"', 't.name AS "name"'])
    .where('wt.workflowId IN (:...workflowIds)', { workflowIds })
    .orderBy('t.name', 'ASC')
    .getRawMany();
  const found = new Map<string, TagRef[]>();
  for (const { workflowId, id, name } of rows)
    found.set(workflowId, [...(found.get(workflowId) ?? []), { id, name }]);
  return found;
}
