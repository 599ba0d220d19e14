import type { Database } from '../../db/index.ts';
import { SessionEntity, UserEntity, type UserRow } from '../../db/index.ts';
import { hashToken, newToken } from '../../platform/index.ts';

export type SessionService = ReturnType<typeof createSessionService>;

/** How long a session lasts after its last day of use. */
export const SESSION_MS = 14 * 24 * 60 * 60 * 1000;

export function createSessionService(db: Database, now: () => number = Date.now) {
  return {
    /** Starts a session. The token goes into the cookie and is stored nowhere. */
    async start(userId: string): Promise<string> {
      const token = newToken();
      const row = {
        id: hashToken(token),
        userId,
        createdAt: now(),
        expiresAt: now() + SESSION_MS,
      };
      await db.transaction((manager) => manager.insert(SessionEntity, row));
      return token;
    },

    /** The user of a live session. Moves its end on, at most once a day. */
    async userOf(token: string): Promise<UserRow | null> {
      const id = hashToken(token);
      const session = await db.source.getRepository(SessionEntity).findOneBy({ id });
      if (!session || session.expiresAt <= now()) return null;
      const fresh = now() + SESSION_MS;
      if (fresh - session.expiresAt > 24 * 60 * 60 * 1000)
        await db.transaction((manager) =>
          manager.update(SessionEntity, { id }, { expiresAt: fresh }),
        );
      return db.source.getRepository(UserEntity).findOneBy({ id: session.userId });
    },

    async end(token: string): Promise<void> {
      await db.transaction((manager) => manager.delete(SessionEntity, { id: hashToken(token) }));
    },

    /** Ends all sessions of a user, such as when the password changed. */
    async endAll(userId: string): Promise<void> {
      await db.transaction((manager) => manager.delete(SessionEntity, { userId }));
    },
  };
}
