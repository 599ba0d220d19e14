import type { ApiKey, ApiKeyInput, NewApiKey } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import { ApiKeyEntity, newId, UserEntity, type ApiKeyRow, type Database } from '../../db/index.ts';
import { hasScope, AccessDeniedError, type Caller } from '../../platform/index.ts';
import { hashToken, newToken } from '../../platform/index.ts';

export type ApiKeyService = ReturnType<typeof createApiKeyService>;

/** How often `lastUsedAt` is written. */
const USE_STEP_MS = 60_000;

export function createApiKeyService(db: Database, now: () => number = Date.now) {
  const rows = db.source.getRepository(ApiKeyEntity);

  return {
    async list(caller: Caller) {
      const found = await rows.find({ where: { userId: caller.userId }, order: { id: 'ASC' } });
      return { data: found.map(toApiKey), nextCursor: null };
    },

    /** The key itself is in this answer and nowhere else. */
    async create(caller: Caller, { name, scopes, expiresAt }: ApiKeyInput): Promise<NewApiKey> {
      const beyond = scopes?.find((scope) => !hasScope(caller, scope));
      if (beyond !== undefined) throw new AccessDeniedError(beyond);
      const key = `mr_${newToken()}`;
      const row: ApiKeyRow = {
        id: newId(now()),
        userId: caller.userId,
        name,
        hash: hashToken(key),
        hint: key.slice(0, 7),
        scopes: JSON.stringify(scopes ?? caller.scopes ?? null),
        expiresAt: expiresAt === undefined ? null : Date.parse(expiresAt),
        lastUsedAt: null,
        createdAt: now(),
      };
      await db.transaction((manager) => manager.insert(ApiKeyEntity, row));
      return { ...toApiKey(row), key };
    },

    async remove(caller: Caller, id: string) {
      const { affected } = await db.transaction((manager) =>
        manager.delete(ApiKeyEntity, { id, userId: caller.userId }),
      );
      if (!affected) throw new NotFoundError('API key', id);
    },

    /** Who a key speaks for; null when it is unknown or has expired. */
    async callerOf(key: string): Promise<Caller | null> {
      const row = await rows.findOneBy({ hash: hashToken(key) });
      if (!row || (row.expiresAt !== null && row.expiresAt <= now())) return null;
      const user = await db.source.getRepository(UserEntity).findOneBy({ id: row.userId });
      if (!user) return null;
      if (now() - (row.lastUsedAt ?? 0) > USE_STEP_MS)
        await db.transaction((manager) =>
          manager.update(ApiKeyEntity, { id: row.id }, { lastUsedAt: now() }),
        );
      const scopes = scopesIn(row);
      return {
        userId: user.id,
        role: user.role,
        via: 'api-key',
        keyId: row.id,
        ...(scopes && { scopes }),
      };
    },
  };
}

function scopesIn({ scopes }: ApiKeyRow): string[] | null {
  const value: unknown = scopes === null ? null : JSON.parse(scopes);
  return Array.isArray(value) ? value.map(String) : null;
}

const toApiKey = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  hint: row.hint,
  scopes: scopesIn(row),
  expiresAt: instant(row.expiresAt),
  lastUsedAt: instant(row.lastUsedAt),
  createdAt: new Date(row.createdAt).toISOString(),
});

const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
