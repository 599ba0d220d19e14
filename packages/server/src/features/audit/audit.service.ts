import { AuditEntity, newId, type Database } from '../../db/index.ts';
import type { Caller } from '../../platform/index.ts';

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
  };
}
