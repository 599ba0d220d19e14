import type { Evaluator } from '@millrace/workflow/expression';
import type { PollOutcome } from '@millrace/workflow/node-api';
import type { HostPort } from '@millrace/workflow/ports';
import { LessThanOrEqual } from 'typeorm';
import { PollEntity, type PollRow } from '../../db/index.ts';
import type { Reserved, Runtime } from '../../runtime/index.ts';
import { pollContext } from './poll-context.ts';
import { nextPoll } from './poll-rows.ts';

/** Looks, for published polling triggers, for what is new. */
export interface Poller {
  /** Looks wherever it is due now; resolves to how many executions were started. */
  tick(): Promise<number>;
  start(): void;
  close(): Promise<void>;
}

const TICK_MS = 1000;
/** A poll that takes longer is given up; whoever dies in it is relieved after this. */
const HOLD_MS = 5 * 60_000;
const SIDE_BY_SIDE = 5;
const BACKOFF_MS = 30_000;
const MAX_BACKOFF_MS = 3_600_000;

interface PollerOptions {
  readonly runtime: Pick<Runtime, 'executions' | 'options' | 'workflows' | 'binary'>;
  readonly evaluator: Evaluator;
  readonly hosts: HostPort;
}

/**
 * A due row is claimed by moving its next time on, which only one process can do. Cursor and execution
 * are stored in one transaction: what was found starts one execution, also when somebody dies between
 * looking and storing, for then the next look finds it again.
 */
export function createPoller({ runtime, evaluator, hosts }: PollerOptions): Poller {
  const { db, clock, logger, registry } = runtime.options;
  const rows = db.source.getRepository(PollEntity);
  const stop = new AbortController();
  const state: { timer?: NodeJS.Timeout; current?: Promise<unknown> | undefined } = {};

  async function tick(): Promise<number> {
    const due = await rows.find({
      where: { nextAt: LessThanOrEqual(clock.now()) },
      order: { nextAt: 'ASC' },
      take: 500,
    });
    let started = 0;
    const queue = due.values();
    const work = async () => {
      for (const row of queue) started += await look(row);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    return started;
  }

  /** Moves a row on, if nobody else did. */
  async function move(row: PollRow, changes: Partial<PollRow>): Promise<boolean> {
    const { id, nextAt } = row;
    return db.transaction(async (manager) => {
      const { affected } = await manager.update(PollEntity, { id, nextAt }, changes);
      return affected === 1;
    });
  }

  async function look(row: PollRow): Promise<number> {
    const nextAt = clock.now() + HOLD_MS;
    if (!(await move(row, { nextAt }))) return 0;
    const claimed = { ...row, nextAt };
    try {
      const found = await poll(claimed);
      return await accept(claimed, found);
    } catch (error) {
      if (stop.signal.aborted) return 0;
      await putOff(claimed, error);
      return 0;
    }
  }

  async function poll({ versionId, node: name, cursor }: PollRow): Promise<PollOutcome> {
    const workflow = await runtime.workflows.version(versionId);
    const node = workflow.json.nodes.find((each) => each.name === name);
    const type = node && registry.find(node.type, node.typeVersion);
    if (!node || !type?.poll) throw new Error(`"${name}" is no polling trigger`);
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(HOLD_MS)]);
    const read = cursor === null ? null : JSON.parse(cursor);
    return type.poll(
      pollContext({ runtime, evaluator, workflow, node, type, hosts, signal, cursor: read }),
    );
  }

  async function accept(row: PollRow, found: PollOutcome): Promise<number> {
    const { outputs, cursor, hasMore, accepted } = found;
    const { id, workflowId, versionId, node, nextAt } = row;
    const isNew = outputs.some((batch) => batch && batch.length > 0);
    const batches = outputs.map((batch) => batch ?? []);
    const execution: Reserved | undefined = isNew
      ? await runtime.executions.reserve({
          workflowId,
          versionId,
          mode: 'trigger',
          start: { node, outputs: batches },
        })
      : undefined;
    const changes = {
      cursor: JSON.stringify(cursor),
      nextAt: hasMore ? clock.now() : (nextPoll(row, clock.now()) ?? Number.MAX_SAFE_INTEGER),
      failures: 0,
      lastError: null,
    };
    const isStored = await db.transaction(async (manager) => {
      const { affected } = await manager.update(PollEntity, { id, nextAt }, changes);
      if (affected === 1) await execution?.store(manager);
      return affected === 1;
    });
    if (!isStored) return 0;
    execution?.run();
    await accepted?.().catch((error: unknown) =>
      logger.warn('A poll could not finish after it was stored', { node, error: String(error) }),
    );
    return execution ? 1 : 0;
  }

  /** The next try waits longer each time, and never less than the rules say. */
  async function putOff(row: PollRow, error: unknown): Promise<void> {
    const failures = row.failures + 1;
    const backoff = Math.min(BACKOFF_MS * 2 ** (failures - 1), MAX_BACKOFF_MS);
    const now = clock.now();
    const nextAt = Math.max(nextPoll(row, now) ?? 0, now + backoff);
    const lastError = error instanceof Error ? error.message : String(error);
    const { workflowId, node } = row;
    logger.warn('A poll failed', { workflowId, node, failures, error: lastError });
    await move(row, { nextAt, failures, lastError: lastError.slice(0, 2000) });
  }

  return {
    tick,
    start() {
      state.timer = setInterval(() => {
        state.current ??= tick()
          .catch((error: unknown) => logger.error('Polling failed', { error: String(error) }))
          .finally(() => (state.current = undefined));
      }, TICK_MS);
      state.timer.unref();
    },
    async close() {
      clearInterval(state.timer);
      stop.abort();
      await state.current;
    },
  };
}
