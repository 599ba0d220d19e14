import type { AuditEntry, AuditQuery } from '@millrace/api';
import { And, In, LessThan, Like, MoreThanOrEqual } from 'typeorm';
import { AuditEntity, newId, UserEntity, type AuditRow, type Database } from '../../db/index.ts';
import { toPage, type Caller } from '../../platform/index.ts';

export type AuditService = ReturnType<typeof createAuditService>;

/** Remembers acts of consequence: who did what to what. */
export function createAuditService(db: Database, now: () => number = Date.now) {
  return {
    /** @param details - Facts of the act; never secrets. */
    async record(caller: Caller, action: string, target: string, details: object = {}) {
      await db.transaction((manager) =>
        manager.insert(AuditEntity, {
          id: newId(now()),
          at: now(),
          userId: caller.via === 'system' ? null : caller.userId,
          action,
          target,
          details: JSON.stringify(details),
        }),
      );
    },

    /** The latest first. */
    async list({ limit = 100, cursor, userId, action, target, from, to }: AuditQuery) {
      const rows = await db.source.getRepository(AuditEntity).find({
        where: {
          ...(cursor !== undefined && { id: LessThan(cursor) }),
          ...(userId !== undefined && { userId }),
          ...(action !== undefined && {
            action: action.endsWith('.') ? Like(`${action}%`) : action,
          }),
          ...(target !== undefined && { target }),
          at: And(
            MoreThanOrEqual(from === undefined ? 0 : Date.parse(from)),
            LessThan(to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(to)),
          ),
        },
        order: { id: 'DESC' },
        take: limit + 1,
      });
      const emails = await emailsOf(db, rows);
      return toPage(
        rows,
        limit,
        ({ id }) => id,
        (row) => toEntry(row, emails),
      );
    },
  };
}

async function emailsOf(db: Database, rows: readonly AuditRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ userId }) => userId ?? []))];
  const users = await db.source.getRepository(UserEntity).findBy({ id: In(ids) });
  return new Map(users.map(({ id, email }) => [id, email]));
}

const toEntry = (row: AuditRow, emails: ReadonlyMap<string, string>): AuditEntry => ({
  id: row.id,
  at: new Date(row.at).toISOString(),
  userId: row.userId,
  email: (row.userId !== null && emails.get(row.userId)) || null,
  action: row.action,
  target: row.target,
  details: JSON.parse(row.details),
});
