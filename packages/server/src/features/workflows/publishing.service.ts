import { NotFoundError } from '@millrace/workflow/errors';
import type { WorkflowVersion } from '@millrace/api';
import { LessThan } from 'typeorm';
import {
  newId,
  WorkflowEntity,
  WorkflowVersionEntity,
  type WorkflowRow,
  type WorkflowVersionRow,
} from '../../db/index.ts';
import { toPage, type Caller } from '../../platform/index.ts';
import { publishBlockers } from './publish-blockers.ts';
import { storedDrawing, toWorkflow } from './workflow-json.ts';
import { WorkflowInvalidError } from './workflow.error.ts';
import type { WorkflowService, WorkflowServiceOptions } from './workflows.service.ts';

export type PublishingService = ReturnType<typeof createPublishingService>;

/** Versions: immutable snapshots of a draft, of which at most one is live. */
export function createPublishingService(
  workflows: WorkflowService,
  { db, registry, listeners, changed, now = Date.now }: WorkflowServiceOptions,
) {
  const versions = db.source.getRepository(WorkflowVersionEntity);

  async function findVersion(row: WorkflowRow, version: string): Promise<WorkflowVersionRow> {
    const workflowId = row.id;
    const found = /^\d+$/.test(version)
      ? await versions.findOneBy({ workflowId, number: Number(version) })
      : await versions.findOneBy({ workflowId, id: version });
    if (!found) throw new NotFoundError('version', version);
    return found;
  }

  return {
    /** Snapshots the draft and makes its triggers live, all in one transaction. */
    async publish(caller: Caller, id: string) {
      const row = await workflows.find(caller, id, 'editor');
      const workflow = storedDrawing(row.draft);
      const problems = publishBlockers(workflow, registry);
      if (problems.length > 0) throw new WorkflowInvalidError(problems);
      if (row.publishedVersionId !== null && row.publishedRevision === row.revision)
        return toWorkflow(row);

      const versionId = newId(now());
      const changes = { publishedVersionId: versionId, publishedRevision: row.revision };
      await db.transaction(async (manager) => {
        const newest = await manager.maximum(WorkflowVersionEntity, 'number', { workflowId: id });
        await manager.insert(WorkflowVersionEntity, {
          id: versionId,
          workflowId: id,
          number: (newest ?? 0) + 1,
          name: row.name,
          workflow: row.draft,
          createdBy: caller.via === 'system' ? null : caller.userId,
          createdAt: now(),
        });
        await manager.update(WorkflowEntity, { id }, changes);
        for (const listener of listeners)
          await listener.published({ manager, workflowId: id, versionId, workflow });
      });
      changed({ workflowId: id, revision: row.revision, active: true });
      return toWorkflow({ ...row, ...changes });
    },

    /** Takes the triggers down. Executions under way go on. */
    async unpublish(caller: Caller, id: string) {
      const row = await workflows.find(caller, id, 'editor');
      const changes = { publishedVersionId: null, publishedRevision: null };
      await db.transaction(async (manager) => {
        await manager.update(WorkflowEntity, { id }, changes);
        for (const listener of listeners) await listener.unpublished({ manager, workflowId: id });
      });
      changed({ workflowId: id, revision: row.revision, active: false });
      return toWorkflow({ ...row, ...changes });
    },

    async list(caller: Caller, id: string, query: { limit?: number; cursor?: string }) {
      const { limit = 100, cursor } = query;
      const row = await workflows.find(caller, id, 'viewer');
      const found = await versions.find({
        where: {
          workflowId: id,
          ...(cursor !== undefined && { number: LessThan(Number(cursor)) }),
        },
        order: { number: 'DESC' },
        take: limit + 1,
      });
      return toPage(found, limit, ({ number }) => String(number), showFor(row));
    },

    async get(caller: Caller, id: string, version: string) {
      const row = await workflows.find(caller, id, 'viewer');
      const found = await findVersion(row, version);
      return { ...showFor(row)(found), workflow: storedDrawing(found.workflow) };
    },

    /** Makes an old version the draft; what is live stays. */
    async restore(caller: Caller, id: string, version: string) {
      const row = await workflows.find(caller, id, 'editor');
      const found = await findVersion(row, version);
      return workflows.setDraft(row, storedDrawing(found.workflow));
    },
  };
}

const showFor =
  ({ publishedVersionId }: WorkflowRow) =>
  (version: WorkflowVersionRow): WorkflowVersion => ({
    id: version.id,
    workflowId: version.workflowId,
    number: version.number,
    name: version.name,
    isPublished: version.id === publishedVersionId,
    createdBy: version.createdBy,
    createdAt: new Date(version.createdAt).toISOString(),
  });
