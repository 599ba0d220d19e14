import {
  newId,
  ProjectEntity,
  ProjectMemberEntity,
  SettingEntity,
  UserEntity,
  type Database,
  type UserRow,
} from '../../db/index.ts';
import { ConflictError, UnauthenticatedError } from '../../platform/index.ts';
import { hashPassword, isPassword } from './password.ts';

export type AuthService = ReturnType<typeof createAuthService>;

interface NewOwner {
  readonly email: string;
  readonly password: string;
  readonly name?: string;
}

export function createAuthService(db: Database, now: () => number = Date.now) {
  const users = db.source.getRepository(UserEntity);

  return {
    async needsOwner(): Promise<boolean> {
      return !(await users.existsBy({ role: 'owner' }));
    },

    /** Makes the owner, once, and gives them the project the instance began with. */
    async createOwner({ email, password, name }: NewOwner): Promise<UserRow> {
      if (await users.existsBy({ role: 'owner' })) throw ownerExists();
      const row: UserRow = {
        id: newId(),
        email: email.toLowerCase(),
        name: name ?? '',
        role: 'owner',
        passwordHash: await hashPassword(password),
        createdAt: now(),
        updatedAt: now(),
      };
      return db.transaction(async (manager) => {
        // The key makes a second owner impossible, also when two ask at once.
        const claimed = await manager.existsBy(SettingEntity, { key: 'owner' });
        if (claimed) throw ownerExists();
        await manager.insert(SettingEntity, { key: 'owner', value: row.id });
        await manager.insert(UserEntity, row);
        const first = await manager.findOne(ProjectEntity, {
          where: { kind: 'personal' },
          order: { createdAt: 'ASC' },
        });
        const projectId = first?.id ?? newId();
        if (!first)
          await manager.insert(ProjectEntity, {
            id: projectId,
            name: 'Personal',
            kind: 'personal',
            createdAt: now(),
          });
        await manager.insert(ProjectMemberEntity, { projectId, userId: row.id, role: 'admin' });
        return row;
      });
    },

    /** @throws {UnauthenticatedError} without saying which of the two was wrong. */
    async checkPassword(email: string, password: string): Promise<UserRow> {
      const user = await users.findOneBy({ email: email.toLowerCase() });
      if (!(await isPassword(password, user?.passwordHash)) || !user)
        throw new UnauthenticatedError('The e-mail or the password is wrong');
      return user;
    },

    async changePassword(userId: string, current: string, next: string): Promise<void> {
      const user = await users.findOneBy({ id: userId });
      if (!user || !(await isPassword(current, user.passwordHash)))
        throw new UnauthenticatedError('The current password is wrong');
      const passwordHash = await hashPassword(next);
      await db.transaction((manager) =>
        manager.update(UserEntity, { id: userId }, { passwordHash, updatedAt: now() }),
      );
    },
  };
}

const ownerExists = () =>
  new ConflictError('This instance has an owner already', 'Sign in, or ask the owner to add you');
