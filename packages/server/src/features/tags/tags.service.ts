import type { Tag, TagInput, TagRef } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import { In, MoreThan } from 'typeorm';
import {
  newId,
  TagEntity,
  WorkflowEntity,
  WorkflowTagEntity,
  type Database,
  type TagRow,
} from '../../db/index.ts';
import { ConflictError, InvalidError, toPage, type Caller } from '../../platform/index.ts';
import type { ProjectService } from '../projects/index.ts';
import { tagsOfWorkflows, type WorkflowService } from '../workflows/index.ts';

export type TagService = ReturnType<typeof createTagService>;

interface TagServiceOptions {
  readonly db: Database;
  readonly projects: ProjectService;
  readonly workflows: WorkflowService;
  readonly now?: () => number;
}

/** Tags: labels people put on workflows. */
export function createTagService(options: TagServiceOptions) {
  const { db, projects, workflows, now = Date.now } = options;
  const tags = db.source.getRepository(TagEntity);

  async function find(id: string): Promise<TagRow> {
    const row = await tags.findOneBy({ id });
    if (!row) throw new NotFoundError('tag', id);
    return row;
  }

  async function refuseTaken(name: string, id?: string): Promise<void> {
    const same = await tags.findOneBy({ name });
    if (same && same.id !== id)
      throw new ConflictError(`There is a tag "${name}" already`, 'Use that one');
  }

  /** How many workflows the caller sees with each tag. */
  async function countsFor(caller: Caller, ids: readonly string[]): Promise<Map<string, number>> {
    const visible = await projects.visibleTo(caller);
    if (visible?.length === 0 || ids.length === 0) return new Map();
    const query = db.source
      .createQueryBuilder(WorkflowTagEntity, 'wt')
      .innerJoin(WorkflowEntity.options.name, 'w', 'w.id = wt.workflowId')
      .select('wt.tagId', 'id')
      .addSelect('COUNT(*)', 'count')
      .where('wt.tagId IN (:...ids)', { ids })
      .groupBy('wt.tagId');
    if (visible) query.andWhere('w.projectId IN (:...visible)', { visible });
    const rows: readonly { id: string; count: number }[] = await query.getRawMany();
    return new Map(rows.map(({ id, count }) => [id, Number(count)]));
  }

  const show = async (caller: Caller, row: TagRow): Promise<Tag> =>
    toTag(row, await countsFor(caller, [row.id]));

  return {
    async list(caller: Caller, { limit = 100, cursor }: { limit?: number; cursor?: string }) {
      const rows = await tags.find({
        where: cursor === undefined ? {} : { name: MoreThan(cursor) },
        order: { name: 'ASC' },
        take: limit + 1,
      });
      const counts = await countsFor(
        caller,
        rows.map(({ id }) => id),
      );
      return toPage(
        rows,
        limit,
        ({ name }) => name,
        (row) => toTag(row, counts),
      );
    },

    async create(caller: Caller, input: TagInput): Promise<Tag> {
      const name = input.name.trim();
      await refuseTaken(name);
      const row: TagRow = { id: newId(now()), name, createdAt: now() };
      await db.transaction((manager) => manager.insert(TagEntity, row));
      return show(caller, row);
    },

    async update(caller: Caller, id: string, input: TagInput): Promise<Tag> {
      const name = input.name.trim();
      const row = await find(id);
      await refuseTaken(name, id);
      await db.transaction((manager) => manager.update(TagEntity, { id }, { name }));
      return show(caller, { ...row, name });
    },

    /** Takes it off all workflows, seen and unseen. */
    async remove(id: string): Promise<void> {
      await find(id);
      await db.transaction((manager) => manager.delete(TagEntity, { id }));
    },

    async of(caller: Caller, workflowId: string): Promise<TagRef[]> {
      await workflows.find(caller, workflowId, 'viewer');
      return (await tagsOfWorkflows(db, [workflowId])).get(workflowId) ?? [];
    },

    /** Puts exactly these tags on a workflow. */
    async put(caller: Caller, workflowId: string, tagIds: readonly string[]): Promise<TagRef[]> {
      await workflows.find(caller, workflowId, 'editor');
      await db.transaction(async (manager) => {
        const known = await manager.findBy(TagEntity, { id: In([...tagIds]) });
        const missing = tagIds.find((id) => !known.some((tag) => tag.id === id));
        if (missing !== undefined)
          throw new InvalidError(`There is no tag with id "${missing}"`, 'Create the tag first');
        await manager.delete(WorkflowTagEntity, { workflowId });
        if (tagIds.length)
          await manager.insert(
            WorkflowTagEntity,
            tagIds.map((tagId) => ({ workflowId, tagId })),
          );
      });
      return this.of(caller, workflowId);
    },
  };
}

const toTag = ({ id, name, createdAt }: TagRow, counts: ReadonlyMap<string, number>): Tag => ({
  id,
  name,
  workflowCount: counts.get(id) ?? 0,
  createdAt: new Date(createdAt).toISOString(),
});
