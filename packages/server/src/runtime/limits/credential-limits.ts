import { limitIn, type Limit } from '@millrace/workflow/graph';
import type { NodeLogger } from '@millrace/workflow/node-api';
import type { Clock, RunAttempt } from '@millrace/workflow/ports';
import type { Database } from '../../db/index.ts';
import { sqlFor } from '../sql.ts';
import { createCredentialSlots, type SlotUser } from './credential-slots.ts';
import { databaseNow } from './rate-starts.ts';
import { createRequestTurns } from './request-turns.ts';

/** A credential and what its owner allows. */
export interface LimitedCredential {
  readonly id: string;
  readonly limits?: Limit | undefined;
}

/** The attempt of a node that uses a credential. */
export interface CredentialUse extends RunAttempt {
  readonly executionId: string;
  readonly signal?: AbortSignal | undefined;
}

/** What a node of an execution waits for. */
export interface CredentialWait {
  readonly limit: 'credential-concurrency' | 'credential-rate';
  /** The credential's name. */
  readonly credential: string;
  readonly node: string;
  /** ms since the epoch, when it is known. */
  readonly until: number | null;
}

/**
 * Keeps to the limits of credentials, over all processes. Places are held by attempts of nodes, from their
 * first use of the credential to their end; rates count requests. Without limits nothing is asked.
 */
export interface CredentialLimits {
  /** Resolves when the attempt may use the credential; at once when it does already. */
  enter(credential: LimitedCredential, use: CredentialUse): Promise<void>;
  /** The attempt is over: what it held is free. */
  left(use: Omit<CredentialUse, 'signal'>): void;
  /** Sends one request in its turn. Without an attempt around it, the request itself holds the place. */
  send<T>(
    credential: LimitedCredential,
    user: SlotUser & { readonly isAttempt: boolean },
    request: () => Promise<T>,
  ): Promise<T>;
  /** What a running execution waits for; `undefined` when for nothing here. */
  waitOf(executionId: string): Promise<CredentialWait | undefined>;
  close(): Promise<void>;
}

export function createCredentialLimits(
  db: Database,
  { clock, logger }: { clock: Clock; logger: NodeLogger },
): CredentialLimits {
  const sql = sqlFor(db);
  const slots = createCredentialSlots(db, { logger, now: clock.now });
  const turns = createRequestTurns(db, { clock });
  const attempts = new Map<string, Map<string, Promise<() => Promise<void>>>>();

  const release = (held: Promise<() => Promise<void>>) =>
    held
      .then((give) => give())
      // Who was cancelled while it waited holds nothing; a place not given back ends with its lease.
      .catch((error: unknown) => logger.debug('Place of a credential', { error: String(error) }));

  async function slotWaitOf(executionId: string): Promise<CredentialWait | undefined> {
    const now = databaseNow(clock.now());
    const { text, params } = sql`SELECT s."node", c."name", c."limits",
      (SELECT count(*) FROM "credential_slot" o WHERE o."credentialId" = s."credentialId"
        AND o."until" > ${now} AND o."place" < s."place") AS "ahead"
      FROM "credential_slot" s JOIN "credential" c ON c."id" = s."credentialId"
      WHERE s."executionId" = ${executionId} AND s."until" > ${now}`;
    const rows: readonly SlotRow[] = await db.source.query(text, [...params]);
    const waiting = rows.find(
      ({ limits, ahead }) => Number(ahead) >= (storedLimit(limits)?.maxConcurrency ?? Infinity),
    );
    return (
      waiting && {
        limit: 'credential-concurrency',
        credential: waiting.name,
        node: waiting.node ?? '',
        until: null,
      }
    );
  }

  async function turnWaitOf(executionId: string): Promise<CredentialWait | undefined> {
    const { text, params } = sql`SELECT r."node", r."at", c."name"
      FROM "rate_start" r JOIN "credential" c ON r."scope" = 'credential:' || c."id"
      WHERE r."executionId" = ${executionId} AND r."at" > ${databaseNow(clock.now())}
      ORDER BY r."at" LIMIT 1`;
    const [row]: readonly TurnRow[] = await db.source.query(text, [...params]);
    return (
      row && {
        limit: 'credential-rate',
        credential: row.name,
        node: row.node ?? '',
        until: Number(row.at),
      }
    );
  }

  return {
    async enter({ id, limits }, use) {
      if (limits?.maxConcurrency === undefined) return;
      const key = keyOf(use);
      const held = attempts.get(key) ?? new Map<string, Promise<() => Promise<void>>>();
      attempts.set(key, held);
      const known = held.get(id) ?? slots.take(id, limits.maxConcurrency, use);
      held.set(id, known);
      await known;
    },
    left(use) {
      const key = keyOf(use);
      const held = attempts.get(key);
      attempts.delete(key);
      for (const each of held?.values() ?? []) void release(each);
    },
    async send({ id, limits }, { isAttempt, ...user }, request) {
      if (!limits) return request();
      const { maxConcurrency, rate } = limits;
      const needsSlot = maxConcurrency !== undefined && !isAttempt;
      const give = needsSlot ? await slots.take(id, maxConcurrency, user) : undefined;
      try {
        if (rate) await turns.take(id, rate, user);
        return await request();
      } finally {
        await give?.();
      }
    },
    waitOf: async (executionId) => (await slotWaitOf(executionId)) ?? turnWaitOf(executionId),
    close: () => slots.close(),
  };
}

const keyOf = ({ executionId, node, runIndex, attempt }: Omit<CredentialUse, 'signal'>) =>
  JSON.stringify([executionId, node, runIndex, attempt]);

/** The limits of a credential as its row has them. */
export const storedLimit = (text: string | null): Limit | undefined =>
  text === null ? undefined : limitIn(JSON.parse(text));

interface SlotRow {
  readonly node: string | null;
  readonly name: string;
  readonly limits: string | null;
  readonly ahead: number | string;
}

interface TurnRow {
  readonly node: string | null;
  readonly name: string;
  readonly at: number | string;
}
