import { validateWorkflow, type WorkflowJson } from '@millrace/workflow/graph';
import type { NodeRegistry } from '@millrace/workflow/node-api';
import { NotFoundError } from '@millrace/workflow/errors';
import type { ProjectRole } from '@millrace/api';
import { And, In, LessThan, Like, Not, IsNull, type FindOptionsWhere } from 'typeorm';
import {
  ExecutionEntity,
  newId,
  WorkflowEntity,
  type Database,
  type WorkflowRow,
} from '../../db/index.ts';
import { ConflictError, toPage, type Caller } from '../../platform/index.ts';
import type { ProjectService } from '../projects/index.ts';
import { readDrawing, storedDrawing, toSummary, toWorkflow } from './workflow-json.ts';
import { hasTag, tagsOfWorkflows } from './workflow-tags.ts';
import type { WorkflowChange, WorkflowListener } from './workflow-listener.ts';

export type WorkflowService = ReturnType<typeof createWorkflowService>;

export interface WorkflowServiceOptions {
  readonly db: Database;
  readonly registry: NodeRegistry;
  readonly projects: ProjectService;
  readonly listeners: readonly WorkflowListener[];
  /** Told after each change is stored. */
  readonly changed: (change: WorkflowChange) => void;
  readonly now?: () => number;
}

interface ListOptions {
  readonly limit?: number;
  readonly cursor?: string;
  readonly name?: string;
  readonly active?: boolean;
  readonly projectId?: string;
  /** Id or name. */
  readonly tag?: string;
}

/** Workflows and their drafts. Publishing and versions: see publishing.service.ts. */
export function createWorkflowService(options: WorkflowServiceOptions) {
  const { db, registry, projects, listeners, changed, now = Date.now } = options;
  const rows = db.source.getRepository(WorkflowEntity);

  /** The row, for a caller who has at least `need` in its project. */
  async function find(caller: Caller, id: string, need: ProjectRole): Promise<WorkflowRow> {
    const row = await rows.findOneBy({ id });
    if (!row) throw new NotFoundError('workflow', id);
    await projects.require(caller, row.projectId, need, { kind: 'workflow', id });
    return row;
  }

  return {
    find,

    async list(caller: Caller, { limit = 100, cursor, name, active, projectId, tag }: ListOptions) {
      const visible = await projects.visibleTo(caller);
      const where: FindOptionsWhere<WorkflowRow> = {
        ...idCondition(cursor, tag),
        ...(name !== undefined && { name: Like(`%${name}%`) }),
        ...(active !== undefined && { publishedVersionId: active ? Not(IsNull()) : IsNull() }),
      };
      const inProject = projectId === undefined ? visible : within(visible, projectId);
      const found = await rows.find({
        where: { ...where, ...(inProject && { projectId: In(inProject) }) },
        order: { id: 'DESC' },
        take: limit + 1,
      });
      const tags = await tagsOfWorkflows(
        db,
        found.map(({ id }) => id),
      );
      return toPage(
        found,
        limit,
        ({ id }) => id,
        (row) => ({ ...toSummary(row), tags: tags.get(row.id) ?? [] }),
      );
    },

    get: async (caller: Caller, id: string) => toWorkflow(await find(caller, id, 'viewer')),

    /** Stores a drawing as a new workflow, in the caller's personal project unless it names another. */
    async create(caller: Caller, body: WorkflowJson) {
      const drawing = readDrawing(body);
      const asked = body['projectId'];
      const projectId = typeof asked === 'string' ? asked : await projects.personalIdOf(caller);
      await projects.require(caller, projectId, 'editor', { kind: 'project', id: projectId });
      const row: WorkflowRow = {
        id: newId(now()),
        projectId,
        name: drawing.name,
        draft: JSON.stringify(drawing),
        nodeCount: drawing.nodes.length,
        revision: 1,
        publishedVersionId: null,
        publishedRevision: null,
        createdAt: now(),
        updatedAt: now(),
      };
      await db.transaction((manager) => manager.insert(WorkflowEntity, row));
      return toWorkflow(row);
    },

    /** Saves the draft. @throws {ConflictError} when it changed since `body.revision`. */
    async save(caller: Caller, id: string, body: WorkflowJson & { readonly revision: number }) {
      const row = await find(caller, id, 'editor');
      return toWorkflow(await replaceDraft(row, readDrawing(body), body.revision));
    },

    /** Makes another drawing the draft, as a save on top of what is there. */
    async setDraft(row: WorkflowRow, drawing: WorkflowJson) {
      return toWorkflow(await replaceDraft(row, drawing, row.revision));
    },

    async remove(caller: Caller, id: string) {
      await find(caller, id, 'editor');
      await db.transaction(async (manager) => {
        for (const listener of listeners) await listener.unpublished({ manager, workflowId: id });
        await manager.delete(ExecutionEntity, { workflowId: id });
        await manager.delete(WorkflowEntity, { id });
      });
    },

    /** What validation says of the draft. */
    async problems(caller: Caller, id: string) {
      const row = await find(caller, id, 'viewer');
      const data = validateWorkflow(storedDrawing(row.draft), registry);
      return { data, checkedAt: new Date(now()).toISOString() };
    },
  };

  async function replaceDraft(row: WorkflowRow, drawing: WorkflowJson, revision: number) {
    const { id } = row;
    const changes = {
      name: drawing.name,
      draft: JSON.stringify(drawing),
      nodeCount: drawing.nodes.length,
      revision: revision + 1,
      updatedAt: now(),
    };
    const { affected } = await db.transaction((manager) =>
      manager.update(WorkflowEntity, { id, revision }, changes),
    );
    if (!affected) throw new StaleDraftError(row.name, revision);
    const saved = { ...row, ...changes };
    changed({ workflowId: id, revision: saved.revision, active: row.publishedVersionId !== null });
    return saved;
  }
}

class StaleDraftError extends ConflictError {
  constructor(name: string, revision: number) {
    super(
      `"${name}" was changed since revision ${revision}`,
      'Load it again, then make your change on top',
      { revision },
    );
  }
}

function idCondition(cursor: string | undefined, tag: string | undefined) {
  const all = [
    ...(cursor === undefined ? [] : [LessThan(cursor)]),
    ...(tag === undefined ? [] : [hasTag(tag)]),
  ];
  return all.length ? { id: And(...all) } : {};
}

const within = (visible: readonly string[] | undefined, projectId: string) =>
  visible === undefined || visible.includes(projectId) ? [projectId] : [];
