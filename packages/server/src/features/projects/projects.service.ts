import type { Project, ProjectInput, ProjectRole } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import { In, MoreThan } from 'typeorm';
import {
  CredentialEntity,
  DataTableEntity,
  newId,
  ProjectEntity,
  ProjectMemberEntity,
  UserEntity,
  WorkflowEntity,
  type Database,
  type ProjectRow,
} from '../../db/index.ts';
import { ConflictError, toPage, type Caller } from '../../platform/index.ts';

export type ProjectService = ReturnType<typeof createProjectService>;

const RANK: Readonly<Record<ProjectRole, number>> = { viewer: 1, editor: 2, admin: 3 };

/** Projects hold everything, and decide who may do what with it. */
export function createProjectService(db: Database, now: () => number = Date.now) {
  const projects = db.source.getRepository(ProjectEntity);
  const members = db.source.getRepository(ProjectMemberEntity);

  /** What a caller is in a project; null for nothing. Owners and admins of the instance are admins. */
  async function roleIn(caller: Caller, projectId: string): Promise<ProjectRole | null> {
    if (caller.role !== 'member') return 'admin';
    const member = await members.findOneBy({ projectId, userId: caller.userId });
    return member?.role ?? null;
  }

  /**
   * Lets a caller through who has at least `need` in a project.
   * @throws {NotFoundError} for `what`: absent and forbidden look the same.
   */
  async function require(
    caller: Caller,
    projectId: string,
    need: ProjectRole,
    what: { readonly kind: string; readonly id: string },
  ): Promise<void> {
    const role = await roleIn(caller, projectId);
    if (role === null || RANK[role] < RANK[need]) throw new NotFoundError(what.kind, what.id);
  }

  async function find(caller: Caller, id: string, need: ProjectRole): Promise<ProjectRow> {
    const row = await projects.findOneBy({ id });
    if (!row) throw new NotFoundError('project', id);
    await require(caller, id, need, { kind: 'project', id });
    return row;
  }

  const show = async (caller: Caller, row: ProjectRow): Promise<Project> => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    role: (await roleIn(caller, row.id)) ?? 'viewer',
    createdAt: new Date(row.createdAt).toISOString(),
  });

  /** Ids of the projects a caller sees; undefined when that is all of them. */
  async function visibleTo(caller: Caller): Promise<string[] | undefined> {
    if (caller.role !== 'member') return undefined;
    const rows = await members.findBy({ userId: caller.userId });
    return rows.map(({ projectId }) => projectId);
  }

  return {
    roleIn,
    require,
    visibleTo,

    /** Where things go that name no project. The instance's own acts use the first project. */
    async personalIdOf(caller: Caller): Promise<string> {
      const own = await members.findBy({ userId: caller.userId });
      const row = await projects.findOne({
        where: {
          kind: 'personal',
          ...(caller.via !== 'system' && { id: In(own.map((m) => m.projectId)) }),
        },
        order: { createdAt: 'ASC', id: 'ASC' },
      });
      if (!row) throw new NotFoundError('project', 'personal');
      return row.id;
    },

    async list(caller: Caller, { limit = 100, cursor = '' }: { limit?: number; cursor?: string }) {
      const ids = await visibleTo(caller);
      const rows = await projects.find({
        where: [{ id: MoreThan(cursor) }],
        order: { id: 'ASC' },
        ...(ids === undefined && { take: limit + 1 }),
      });
      const seen = rows.filter(({ id }) => ids?.includes(id) ?? true);
      const page = toPage(
        seen,
        limit,
        ({ id }) => id,
        (row) => row,
      );
      return {
        ...page,
        data: await Promise.all(page.data.map((row) => show(caller, row))),
      };
    },

    get: async (caller: Caller, id: string) => show(caller, await find(caller, id, 'viewer')),

    async create(caller: Caller, { name }: ProjectInput) {
      const row: ProjectRow = { id: newId(now()), name, kind: 'team', createdAt: now() };
      await db.transaction(async (manager) => {
        await manager.insert(ProjectEntity, row);
        if (caller.via !== 'system')
          await manager.insert(ProjectMemberEntity, {
            projectId: row.id,
            userId: caller.userId,
            role: 'admin',
          });
      });
      return show(caller, row);
    },

    async update(caller: Caller, id: string, { name }: ProjectInput) {
      const row = await find(caller, id, 'admin');
      await db.transaction((manager) => manager.update(ProjectEntity, { id }, { name }));
      return show(caller, { ...row, name });
    },

    async remove(caller: Caller, id: string) {
      const row = await find(caller, id, 'admin');
      if (row.kind === 'personal')
        throw new ConflictError('A personal project cannot be deleted', 'Delete its user instead');
      await db.transaction(async (manager) => {
        const isUsed =
          (await manager.existsBy(WorkflowEntity, { projectId: id })) ||
          (await manager.existsBy(CredentialEntity, { projectId: id })) ||
          (await manager.existsBy(DataTableEntity, { projectId: id }));
        if (isUsed)
          throw new ConflictError(
            `Project "${row.name}" is not empty`,
            'Delete its workflows, credentials and data tables first',
          );
        await manager.delete(ProjectEntity, { id });
      });
    },

    async members(caller: Caller, id: string) {
      await find(caller, id, 'viewer');
      const rows = await members.findBy({ projectId: id });
      const users = await db.source
        .getRepository(UserEntity)
        .findBy({ id: In(rows.map(({ userId }) => userId)) });
      const data = users.map(({ id: userId, email, name }) => ({
        userId,
        email,
        name,
        role: rows.find((row) => row.userId === userId)?.role ?? 'viewer',
      }));
      return { data, nextCursor: null };
    },

    async putMember(caller: Caller, id: string, userId: string, role: ProjectRole) {
      await find(caller, id, 'admin');
      await db.transaction(async (manager) => {
        if (!(await manager.existsBy(UserEntity, { id: userId })))
          throw new NotFoundError('user', userId);
        await manager.save(ProjectMemberEntity, { projectId: id, userId, role });
      });
    },

    async removeMember(caller: Caller, id: string, userId: string) {
      await find(caller, id, 'admin');
      const { affected } = await db.transaction((manager) =>
        manager.delete(ProjectMemberEntity, { projectId: id, userId }),
      );
      if (!affected) throw new NotFoundError('member', userId);
    },
  };
}
