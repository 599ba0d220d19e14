import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@millrace/workflow/items';
import type { JobContext, NodeLogger, PackageJob } from '@millrace/workflow/node-api';
import { In, IsNull, LessThan } from 'typeorm';
import { PackageJobEntity, type Database, type PackageJobRow } from '../db/index.ts';
import { repeat } from '../runtime/index.ts';
import { errorText, readObject } from './job-rows.ts';

export interface JobRunnerOptions {
  readonly db: Database;
  /** By name. */
  readonly jobs: ReadonlyMap<string, PackageJob>;
  readonly logger: NodeLogger;
  readonly now: () => number;
  /** What a job of its project works with. */
  scopeOf(
    job: Pick<PackageJobRow, 'id' | 'name' | 'projectId'>,
  ): Promise<Pick<JobContext, 'tables' | 'workflows' | 'llm'>>;
}

/** Jobs under way at once in a process: they are long, and share it with executions. */
const MAX_RUNNING = 4;
const LEASE_MS = 60_000;
const BEAT_MS = 10_000;

/**
 * Runs stored jobs. Who runs one holds a lease on it and renews it; where the holder died, another
 * takes the job up from its last saved state.
 */
export function createJobRunner({ db, jobs, logger, now, scopeOf }: JobRunnerOptions) {
  const owner = randomUUID();
  const running = new Map<string, { cancel: AbortController; ended: Promise<void> }>();
  const life: { isOpen: boolean; stop?: () => Promise<void>; taking?: Promise<void> | undefined } =
    { isOpen: false };

  const change = (id: string, values: Partial<PackageJobRow>) =>
    db.transaction((manager) =>
      manager.update(PackageJobEntity, { id, leaseOwner: owner, status: 'running' }, values),
    );

  /** Takes what is queued or was left behind, as far as there is room. */
  async function take(): Promise<void> {
    while (life.isOpen && running.size < MAX_RUNNING) {
      const row = await claim();
      if (!row) return;
      const cancel = new AbortController();
      const ended = run(row, cancel).finally(() => {
        running.delete(row.id);
        look();
      });
      running.set(row.id, { cancel, ended });
    }
  }

  /** One at a time; a call while one is under way is answered by it or the next beat. */
  function look(): void {
    if (!life.isOpen) return;
    const before = life.taking ?? Promise.resolve();
    life.taking = before.then(take).catch((error: unknown) => {
      logger.error('Jobs could not be taken', { error: String(error) });
    });
  }

  async function claim(): Promise<PackageJobRow | undefined> {
    const name = In([...jobs.keys()]);
    const found = await db.source.getRepository(PackageJobEntity).findOne({
      where: [
        { name, status: 'queued' },
        { name, status: 'running', leaseUntil: LessThan(now()) },
      ],
      order: { id: 'ASC' },
    });
    if (!found) return undefined;
    const lease = {
      status: 'running' as const,
      startedAt: found.startedAt ?? now(),
      leaseOwner: owner,
      leaseUntil: now() + LEASE_MS,
    };
    const { affected } = await db.transaction((manager) =>
      manager.update(
        PackageJobEntity,
        { id: found.id, status: found.status, leaseUntil: found.leaseUntil ?? IsNull() },
        lease,
      ),
    );
    return affected ? { ...found, ...lease } : claim();
  }

  async function run(row: PackageJobRow, cancel: AbortController): Promise<void> {
    try {
      const result = await jobs.get(row.name)?.run(await contextOf(row, cancel));
      await end(row.id, { status: 'success', result: JSON.stringify(result ?? {}) });
    } catch (error) {
      if (!life.isOpen && cancel.signal.aborted)
        await change(row.id, { status: 'queued', leaseOwner: null, leaseUntil: null });
      else if (!cancel.signal.aborted)
        await end(row.id, { status: 'error', error: errorText(error) });
    }
  }

  const end = (id: string, values: Partial<PackageJobRow>) =>
    change(id, { ...values, finishedAt: now(), leaseOwner: null, leaseUntil: null });

  async function contextOf(row: PackageJobRow, cancel: AbortController): Promise<JobContext> {
    return {
      ...(await scopeOf(row)),
      id: row.id,
      projectId: row.projectId,
      input: readObject(row.input),
      state: readObject(row.state),
      logger,
      signal: cancel.signal,
      now,
      async save(state: JsonObject) {
        const { affected } = await change(row.id, { state: JSON.stringify(state) });
        if (!affected) cancel.abort(new DOMException('Canceled', 'AbortError'));
        cancel.signal.throwIfAborted();
      },
    };
  }

  async function beat(): Promise<void> {
    for (const [id, { cancel }] of running) {
      const { affected } = await change(id, { leaseUntil: now() + LEASE_MS });
      if (!affected) cancel.abort(new DOMException('Canceled', 'AbortError'));
    }
    look();
  }

  return {
    look,
    /** Aborts a job that was canceled, if it runs here. */
    stop(id: string): void {
      running.get(id)?.cancel.abort(new DOMException('Canceled', 'AbortError'));
    },
    async start(): Promise<void> {
      life.isOpen = true;
      // One process owns a SQLite file: what runs in it at the start was left by a dead one.
      if (db.dialect === 'sqlite')
        await db.transaction((manager) =>
          manager.update(PackageJobEntity, { status: 'running' }, { status: 'queued' }),
        );
      life.stop = repeat('Jobs', { everyMs: BEAT_MS, work: beat, logger });
      look();
    },
    /** Gives back what is under way: it goes on from its last state at the next start. */
    async close(): Promise<void> {
      life.isOpen = false;
      await life.stop?.();
      await life.taking;
      const all = [...running.values()];
      for (const { cancel } of all) cancel.abort(new DOMException('Stopping', 'AbortError'));
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
