import type { Role, User, UserInput, UserPatch } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import { MoreThan } from 'typeorm';
import {
  newId,
  ProjectEntity,
  ProjectMemberEntity,
  UserEntity,
  type Database,
  type UserRow,
} from '../../db/index.ts';
import { AccessDeniedError, ConflictError, toPage, type Caller } from '../../platform/index.ts';

export type UserService = ReturnType<typeof createUserService>;

interface UserServiceOptions {
  readonly db: Database;
  readonly hashPassword: (password: string) => Promise<string>;
  /** There is one owner: making one is an act of its own. */
  readonly createOwner: (owner: UserInput) => Promise<UserRow>;
  readonly now?: () => number;
}

export function createUserService(options: UserServiceOptions) {
  const { db, hashPassword, createOwner, now = Date.now } = options;
  const rows = db.source.getRepository(UserEntity);

  async function find(id: string): Promise<UserRow> {
    const row = await rows.findOneBy({ id });
    if (!row) throw new NotFoundError('user', id);
    return row;
  }

  return {
    async list({ limit = 100, cursor = '' }: { limit?: number; cursor?: string }) {
      const found = await rows.find({
        where: { id: MoreThan(cursor) },
        order: { id: 'ASC' },
        take: limit + 1,
      });
      return toPage(found, limit, ({ id }) => id, toUser);
    },

    get: async (id: string) => toUser(await find(id)),

    findByEmail: async (email: string) => {
      const row = await rows.findOneBy({ email: email.toLowerCase() });
      return row && toUser(row);
    },

    /** Makes a user with a personal project of their own. */
    async create(caller: Caller, input: UserInput) {
      const { email, password, name = '', role = 'member' } = input;
      mayGrant(caller, role);
      if (role === 'owner') return toUser(await createOwner(input));
      const row: UserRow = {
        id: newId(now()),
        email: email.toLowerCase(),
        name,
        role,
        passwordHash: await hashPassword(password),
        createdAt: now(),
        updatedAt: now(),
      };
      await db.transaction(async (manager) => {
        if (await manager.existsBy(UserEntity, { email: row.email }))
          throw new ConflictError(
            `There is a user "${row.email}" already`,
            'Choose another e-mail',
          );
        const projectId = newId(now());
        await manager.insert(UserEntity, row);
        await manager.insert(ProjectEntity, {
          id: projectId,
          name: 'Personal',
          kind: 'personal',
          createdAt: now(),
        });
        await manager.insert(ProjectMemberEntity, { projectId, userId: row.id, role: 'admin' });
      });
      return toUser(row);
    },

    async update(caller: Caller, id: string, { name, role }: UserPatch) {
      const row = await find(id);
      if (role !== undefined && role !== row.role) {
        mayGrant(caller, role);
        if (row.role === 'owner') throw new AccessDeniedError('owner:update');
      }
      const changes = { name: name ?? row.name, role: role ?? row.role, updatedAt: now() };
      await db.transaction((manager) => manager.update(UserEntity, { id }, changes));
      return toUser({ ...row, ...changes });
    },

    async remove(caller: Caller, id: string) {
      const row = await find(id);
      if (row.role === 'owner' || id === caller.userId)
        throw new ConflictError(
          'The owner, and you yourself, cannot be removed',
          'Hand the ownership on, or ask another admin',
        );
      await db.transaction((manager) => manager.delete(UserEntity, { id }));
    },
  };
}

/** There is one owner, and only the owner (or the command line) makes admins. */
function mayGrant(caller: Caller, role: Role): void {
  const isOwner = caller.role === 'owner';
  if ((role === 'owner' && caller.via !== 'system') || (role === 'admin' && !isOwner))
    throw new AccessDeniedError(`${role}:grant`);
}

const toUser = ({ id, email, name, role, createdAt }: UserRow): User => ({
  id,
  email,
  name,
  role,
  createdAt: new Date(createdAt).toISOString(),
});
