import type { Evaluator } from '@millrace/workflow/expression';
import type { HostPort } from '@millrace/workflow/ports';
import { LessThanOrEqual } from 'typeorm';
import { ListenerEntity, newId, type ListenerRow } from '../../db/index.ts';
import type { Runtime } from '../../runtime/index.ts';
import { listenFor } from './listen-for.ts';

/** Holds the connections of published triggers that listen. */
export interface Listeners {
  /** Lets go of what is no longer ours, renews what is, begins what is free; resolves to how many it holds. */
  tick(): Promise<number>;
  start(): void;
  /** Ends all and gives them free, so that another process may begin at once. */
  close(): Promise<void>;
}

export interface ListenersOptions {
  readonly runtime: Pick<Runtime, 'executions' | 'options' | 'workflows' | 'binary'>;
  readonly evaluator: Evaluator;
  readonly hosts: HostPort;
}

const TICK_MS = 1000;
/** Whoever dies is relieved after this. */
const LEASE_MS = 30_000;
const AGAIN_MS = 1000;
const MAX_BACKOFF_MS = 5 * 60_000;
/** Who listened so long was well: the next error counts as the first. */
const STEADY_MS = 60_000;

interface Held {
  readonly stop: AbortController;
  readonly since: number;
  /** In a row, until an event is stored. */
  failures: number;
  ended: Promise<void>;
}

/**
 * A free row is claimed by moving `freeAt` on, which only one process can do, and is kept by moving it
 * on again and again. An event is stored only by whoever holds the row, in one transaction with its cursor.
 */
export function createListeners(options: ListenersOptions): Listeners {
  const { db, clock, logger } = options.runtime.options;
  const rows = db.source.getRepository(ListenerEntity);
  const owner = newId(clock.now());
  const held = new Map<string, Held>();
  const state: { timer?: NodeJS.Timeout; current?: Promise<unknown> | undefined; renewAt: number } =
    { renewAt: 0 };

  async function tick(): Promise<number> {
    await letGo();
    await renew();
    const free = await rows.find({
      where: { freeAt: LessThanOrEqual(clock.now()) },
      order: { freeAt: 'ASC' },
      take: 500,
    });
    for (const row of free) if (!held.has(row.id)) await claim(row);
    return held.size;
  }

  /** Rows go when a workflow is taken down or published anew; leases go when this process slept too long. */
  async function letGo(): Promise<void> {
    if (held.size === 0) return;
    const mine = await rows.find({ where: { owner }, select: { id: true } });
    const ids = new Set(mine.map(({ id }) => id));
    for (const [id, { stop }] of held) if (!ids.has(id)) stop.abort();
  }

  async function renew(): Promise<void> {
    const now = clock.now();
    if (held.size === 0 || now < state.renewAt) return;
    state.renewAt = now + LEASE_MS / 3;
    await db.transaction((manager) =>
      manager.update(ListenerEntity, { owner }, { freeAt: now + LEASE_MS }),
    );
  }

  async function claim(row: ListenerRow): Promise<void> {
    const { id, freeAt } = row;
    const since = clock.now();
    if (!(await change({ id, freeAt }, { owner, freeAt: since + LEASE_MS }))) return;
    const stop = new AbortController();
    const { failures } = row;
    const own: Held = { stop, since, failures, ended: Promise.resolve() };
    const stored = () => void (own.failures = 0);
    held.set(id, own);
    own.ended = listenFor(row, { ...options, owner, stored, signal: stop.signal })
      .then(
        () => undefined,
        (error: unknown) => ({ error }),
      )
      .then((failed) => end(row, own, failed))
      .finally(() => held.delete(id));
  }

  /** Gives the row free: at once when we were told to end, else after a while. */
  async function end(row: ListenerRow, own: Held, failed?: { error: unknown }): Promise<void> {
    const { stop, since } = own;
    const now = clock.now();
    const key = { id: row.id, owner };
    if (stop.signal.aborted) {
      await change(key, { owner: null, freeAt: now });
      return;
    }
    if (!failed) {
      await change(key, { owner: null, freeAt: now + AGAIN_MS, failures: 0, lastError: null });
      return;
    }
    const { error } = failed;
    const before = now - since >= STEADY_MS ? 0 : own.failures;
    const wait = Math.min(AGAIN_MS * 2 ** before, MAX_BACKOFF_MS);
    const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 2000);
    const { workflowId, node } = row;
    logger.warn('A listening trigger failed', {
      workflowId,
      node,
      failures: before + 1,
      lastError,
    });
    await change(key, { owner: null, freeAt: now + wait, failures: before + 1, lastError });
  }

  async function change(
    key: Partial<ListenerRow>,
    changes: Partial<ListenerRow>,
  ): Promise<boolean> {
    return db.transaction(async (manager) => {
      const { affected } = await manager.update(ListenerEntity, key, changes);
      return affected === 1;
    });
  }

  return {
    tick,
    start() {
      state.timer = setInterval(() => {
        state.current ??= tick()
          .catch((error: unknown) => logger.error('Listening failed', { error: String(error) }))
          .finally(() => (state.current = undefined));
      }, TICK_MS);
      state.timer.unref();
    },
    async close() {
      clearInterval(state.timer);
      await state.current;
      for (const { stop } of held.values()) stop.abort();
      await Promise.allSettled([...held.values()].map(({ ended }) => ended));
    },
  };
}
