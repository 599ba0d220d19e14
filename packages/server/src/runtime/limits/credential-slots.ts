import type { NodeLogger } from '@millrace/workflow/node-api';
import type { EntityManager } from 'typeorm';
import { CredentialSlotEntity, newId, type Database } from '../../db/index.ts';
import { anyOf, changed, sqlFor } from '../sql.ts';
import { repeat } from '../timers.ts';
import { oneAtATime } from './gate.ts';
import { databaseNow } from './rate-starts.ts';

/** Who uses a credential, for people who ask why it waits. */
export interface SlotUser {
  readonly executionId?: string;
  readonly node?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The lines before credentials, over all processes: everyone has a place in the database, and the first
 * ones may go on. A place whose process is not heard of is given up, so nothing is held by the dead.
 */
export interface CredentialSlots {
  /**
   * Resolves when it is this one's turn, to how it is given back.
   * @throws the signal's reason, when that comes first.
   */
  take(credentialId: string, max: number, user: SlotUser): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** How long a process may be silent. */
const LEASE_MS = 15_000;
const RENEW_MS = 5000;
/** Places that other processes give back are noticed after so long at most. */
const LOOK_MS = 250;

interface Place {
  readonly id: string;
  readonly credentialId: string;
  readonly user: SlotUser;
  max: number;
  /** Present while it waits. */
  go?: (() => void) | undefined;
}

export function createCredentialSlots(
  db: Database,
  { logger, now = Date.now }: { logger: NodeLogger; now?: () => number },
): CredentialSlots {
  const sql = sqlFor(db);
  const places = new Map<string, Place>();
  const stops: (() => Promise<void>)[] = [];

  /** Puts it at the end of the line; true when it may go on at once. */
  const join = ({ id, credentialId, max, user }: Place): Promise<boolean> =>
    oneAtATime(db, `credential ${credentialId}`, async (manager) => {
      const { at, ahead, last } = await lineOf(manager, credentialId);
      const { executionId = null, node = null } = user;
      const row = { id, credentialId, place: last + 1, executionId, node, until: at + LEASE_MS };
      await manager.insert(CredentialSlotEntity, row);
      return ahead < max;
    });

  async function lineOf(manager: EntityManager, credentialId: string) {
    const { text, params } = sql`SELECT ${databaseNow(now())} AS "at", count(*) AS "ahead",
      max("place") AS "last" FROM "credential_slot"
      WHERE "credentialId" = ${credentialId} AND "until" > ${databaseNow(now())}`;
    const [line]: readonly Line[] = await manager.query(text, [...params]);
    return {
      at: Number(line?.at ?? now()),
      ahead: Number(line?.ahead ?? 0),
      last: Number(line?.last ?? 0),
    };
  }

  /** Lets those go on whose turn it is. */
  async function look(credentialId: string): Promise<void> {
    const waiting = [...places.values()].filter(
      (place) => place.credentialId === credentialId && place.go,
    );
    const max = waiting[0]?.max;
    if (max === undefined) return;
    const { text, params } = sql`SELECT "id" FROM "credential_slot"
      WHERE "credentialId" = ${credentialId} AND "until" > ${databaseNow(now())}
      ORDER BY "place" LIMIT ${max}`;
    const first: readonly { id: string }[] = await db.source.query(text, [...params]);
    for (const { id } of first) places.get(id)?.go?.();
  }

  async function lookAtAll(): Promise<void> {
    const waiting = [...places.values()].filter(({ go }) => go);
    for (const credentialId of new Set(waiting.map((place) => place.credentialId)))
      await look(credentialId);
  }

  /** Says that this process lives. Who lost its place while it was stopped stands in line again. */
  async function renew(): Promise<void> {
    if (places.size === 0) return;
    const kept = await changed<{ id: string }>(
      db,
      sql`UPDATE "credential_slot" SET "until" = ${databaseNow(now())} + ${LEASE_MS}
        WHERE "id" ${anyOf([...places.keys()])} AND "until" > ${databaseNow(now())} RETURNING "id"`,
    );
    const keptIds = new Set(kept.map(({ id }) => id));
    const lost = [...places.values()].filter(({ id, go }) => go && !keptIds.has(id));
    for (const place of lost) {
      await forget(place.id);
      if (await join(place)) place.go?.();
    }
    await changed(
      db,
      sql`DELETE FROM "credential_slot" WHERE "until" <= ${databaseNow(now())} RETURNING "id"`,
    );
  }

  const forget = (id: string) =>
    changed(db, sql`DELETE FROM "credential_slot" WHERE "id" = ${id} RETURNING "id"`);

  async function leave({ id, credentialId }: Place): Promise<void> {
    places.delete(id);
    await forget(id);
    await look(credentialId);
  }

  function start(): void {
    if (stops.length) return;
    stops.push(
      repeat('Places of credentials', { everyMs: RENEW_MS, logger, work: renew }),
      repeat('Turns of credentials', { everyMs: LOOK_MS, logger, work: lookAtAll }),
    );
  }

  return {
    async take(credentialId, max, user) {
      user.signal?.throwIfAborted();
      start();
      const place: Place = { id: newId(), credentialId, user, max };
      const turn = Promise.withResolvers<void>();
      place.go = () => turn.resolve();
      for (const other of places.values()) if (other.credentialId === credentialId) other.max = max;
      places.set(place.id, place);
      const stop = () => turn.reject(user.signal?.reason);
      user.signal?.addEventListener('abort', stop, { once: true });
      try {
        if (await join(place)) turn.resolve();
        await turn.promise;
      } catch (error) {
        await leave(place);
        throw error;
      } finally {
        user.signal?.removeEventListener('abort', stop);
      }
      place.go = undefined;
      return () => leave(place);
    },
    async close() {
      await Promise.all(stops.splice(0).map((stop) => stop()));
    },
  };
}

interface Line {
  readonly at: number | string;
  readonly ahead: number | string;
  readonly last: number | string | null;
}
