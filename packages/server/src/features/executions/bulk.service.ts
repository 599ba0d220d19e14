import type { BulkInput, BulkProgress, ExecutionFilter } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import { newId } from '../../db/index.ts';
import { InvalidError, type Caller } from '../../platform/index.ts';
import type { ExecutionService } from './executions.service.ts';
import type { StartingService } from './starting.service.ts';

/** Acts on many executions, one after the other, behind the answer. */
export interface BulkService {
  start(caller: Caller, input: BulkInput): Promise<BulkProgress>;
  /** @throws {NotFoundError} also for what somebody else began. */
  get(caller: Caller, id: string): BulkProgress;
  /** Stops after the one under way. */
  close(): Promise<void>;
}

interface Work {
  progress: BulkProgress;
  readonly owner: string | undefined;
  readonly ended: Promise<void>;
}

/** Progress of so many acts can be asked for; older ones are forgotten. */
const MAX_KEPT = 200;
const PAGE = 250;

export function createBulkService(
  executions: ExecutionService,
  starting: StartingService,
  now = Date.now,
): BulkService {
  const works = new Map<string, Work>();
  const state = { isClosing: false };

  async function idsOf(caller: Caller, { ids, filter }: BulkInput): Promise<string[]> {
    if (ids) return [...new Set(ids)];
    const found: string[] = [];
    const query: ExecutionFilter & { limit: number } = { ...filter, limit: PAGE };
    let page = await executions.list(caller, query);
    found.push(...page.data.map(({ id }) => id));
    while (page.nextCursor !== null) {
      page = await executions.list(caller, { ...query, cursor: page.nextCursor });
      found.push(...page.data.map(({ id }) => id));
    }
    return found;
  }

  const act = (caller: Caller, { action, retry = {} }: BulkInput, id: string): Promise<unknown> => {
    if (action === 'retry') return starting.retry(caller, id, retry);
    if (action === 'cancel') return executions.cancel(caller, id);
    return executions.remove(caller, id);
  };

  async function run(
    caller: Caller,
    input: BulkInput,
    { ids, report }: { ids: readonly string[]; report: (change: Partial<BulkProgress>) => void },
  ): Promise<void> {
    const count = { done: 0, failed: 0 };
    let firstError: string | null = null;
    for (const id of ids) {
      if (state.isClosing) break;
      try {
        await act(caller, input, id);
        count.done += 1;
      } catch (error) {
        count.failed += 1;
        firstError ??= error instanceof Error ? error.message : String(error);
      }
      report({ ...count, firstError });
    }
    report({
      status: state.isClosing ? 'stopped' : 'done',
      finishedAt: new Date(now()).toISOString(),
    });
  }

  return {
    async start(caller, input) {
      // Nobody means "all there are" by leaving something out.
      if ((input.ids === undefined) === (input.filter === undefined))
        throw new InvalidError(
          'An act on many needs either `ids` or `filter`',
          'Name the executions, or say which by a filter; an empty filter means all',
        );
      const ids = await idsOf(caller, input);
      const id = newId(now());
      const progress: BulkProgress = {
        id,
        action: input.action,
        status: 'running',
        total: ids.length,
        done: 0,
        failed: 0,
        firstError: null,
        createdAt: new Date(now()).toISOString(),
        finishedAt: null,
      };
      const report = (change: Partial<BulkProgress>) => {
        const work = works.get(id);
        if (work) work.progress = { ...work.progress, ...change };
      };
      const started = Promise.withResolvers<void>();
      const ended = started.promise.then(() => run(caller, input, { ids, report }));
      works.set(id, { progress, owner: ownerOf(caller), ended });
      const [oldest] = works.keys();
      if (works.size > MAX_KEPT && oldest !== undefined) works.delete(oldest);
      started.resolve();
      return progress;
    },
    get(caller, id) {
      const work = works.get(id);
      if (!work || work.owner !== ownerOf(caller)) throw new NotFoundError('bulk action', id);
      return work.progress;
    },
    async close() {
      state.isClosing = true;
      await Promise.all([...works.values()].map(({ ended }) => ended));
    },
  };
}

const ownerOf = (caller: Caller) => (caller.via === 'system' ? undefined : caller.userId);
