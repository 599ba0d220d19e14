import type { RateLimit } from '@millrace/workflow/graph';
import type { Clock } from '@millrace/workflow/ports';
import { newId, RateStartEntity, type Database } from '../../db/index.ts';
import { oneAtATime } from './gate.ts';
import type { SlotUser } from './credential-slots.ts';
import { databaseNow, noteStart, oldestStart, scopeOfCredential } from './rate-starts.ts';
import { sqlFor } from '../sql.ts';

/** Gives each request with a credential the moment it may be sent at, over all processes. */
export interface RequestTurns {
  /**
   * Books the next moment the rate leaves free, and resolves then. First come, first served.
   * @throws the signal's reason, when that comes first; the moment is free again.
   */
  take(credentialId: string, rate: RateLimit, user: SlotUser): Promise<void>;
}

export function createRequestTurns(db: Database, { clock }: { clock: Clock }): RequestTurns {
  const sql = sqlFor(db);

  const book = (credentialId: string, rate: RateLimit, { executionId, node }: SlotUser) =>
    oneAtATime(db, scopeOfCredential(credentialId), async (manager) => {
      const scope = scopeOfCredential(credentialId);
      const { text, params } = sql`SELECT ${databaseNow(clock.now())} AS "now",
        ${oldestStart(rate, scope)} AS "oldest"`;
      const [found]: readonly Window[] = await manager.query(text, [...params]);
      const now = Number(found?.now ?? clock.now());
      const oldest = found?.oldest ?? null;
      const free = oldest === null ? now : Number(oldest) + rate.periodSeconds * 1000;
      const at = Math.max(now, free);
      const id = newId(now);
      const about = { executionId: executionId ?? null, node: node ?? null };
      await noteStart(manager, { id, scope, at, ...about }, rate);
      return { id, inMs: at - now };
    });

  return {
    async take(credentialId, rate, user) {
      user.signal?.throwIfAborted();
      const { id, inMs } = await book(credentialId, rate, user);
      if (inMs === 0) return;
      try {
        await clock.sleep(inMs, user.signal);
      } catch (error) {
        await db.transaction((manager) => manager.delete(RateStartEntity, { id }));
        user.signal?.throwIfAborted();
        throw error;
      }
    },
  };
}

interface Window {
  readonly now: number | string;
  readonly oldest: number | string | null;
}
