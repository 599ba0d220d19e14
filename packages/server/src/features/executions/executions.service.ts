import type { Execution, ExecutionDetail, ExecutionFilter, WaitReason } from '@millrace/api';
import type { RunRecord } from '@millrace/workflow/ports';
import { In, IsNull } from 'typeorm';
import { ExecutionEntity, type ExecutionRow } from '../../db/index.ts';
import { ConflictError, toPage, type Caller } from '../../platform/index.ts';
import {
  loadRuns,
  loadStart,
  type CredentialLimits,
  type CrashDecision,
  type Runtime,
} from '../../runtime/index.ts';
import type { ProjectService } from '../projects/index.ts';
import {
  shareListeners,
  showListener,
  type Pauses,
  type TestListeners,
} from '../webhooks/index.ts';
import type { WorkflowService } from '../workflows/index.ts';
import { createExecutionAccess } from './execution-access.ts';
import { cursorOf, findExecutions } from './execution-query.ts';
import {
  showCredentialWait,
  showExecution,
  showLimit,
  showListening,
  showRuns,
  showWait,
} from './execution-view.ts';
import { createSearchIndex } from './search/search-index.ts';

export type ExecutionService = ReturnType<typeof createExecutionService>;

export interface ExecutionServiceOptions {
  readonly runtime: Runtime;
  readonly projects: ProjectService;
  readonly workflows: WorkflowService;
  readonly testListeners: TestListeners;
  readonly pauses: Pauses;
  readonly credentialLimits: Pick<CredentialLimits, 'waitOf'>;
}

interface ListOptions extends ExecutionFilter {
  readonly limit?: number;
  readonly cursor?: string;
}

/** How long a search may take up executions that are not indexed yet. */
const INDEX_BUDGET_MS = 2000;

/** Executions as people see and stop them. Starting them: see starting.service.ts; running them is the runtime's. */
export function createExecutionService(options: ExecutionServiceOptions) {
  const { runtime, projects, workflows } = options;
  const listeners = shareListeners(runtime, options.testListeners);
  const { db, config } = runtime.options;
  const access = createExecutionAccess(db, projects);
  const search = createSearchIndex(db);

  const runsOf = (executionId: string): Promise<RunRecord[]> => loadRuns(db, executionId);

  async function detail(
    row: ExecutionRow,
    { withData, mayCall = false }: { withData: boolean; mayCall?: boolean },
  ): Promise<ExecutionDetail> {
    const waiting = await whyWaiting(row, mayCall);
    return {
      ...showExecution(row, await access.namesOf([row])),
      ...(waiting && { waiting }),
      ...(row.limitKey !== null && { limitKey: row.limitKey }),
      ...(row.limitError !== null && { limitKeyError: row.limitError }),
      ...(withData && showRuns(row, await runsOf(row.id))),
    };
  }

  async function whyWaiting(row: ExecutionRow, mayCall: boolean): Promise<WaitReason | undefined> {
    if (row.status === 'waiting') return showWait(row, await options.pauses.open(row), mayCall);
    if (row.status !== 'new' && row.status !== 'running') return undefined;
    if (row.limitedBy !== null) return showLimit(row, row.limitedBy);
    const wait = await options.credentialLimits.waitOf(row.id);
    return wait && showCredentialWait(wait);
  }

  const read = (id: string) => db.source.getRepository(ExecutionEntity).findOneByOrFail({ id });

  /** A draft that listens, for those who may run it. */
  async function listening(caller: Caller, id: string): Promise<ExecutionDetail | undefined> {
    const listener = await listeners.get(id);
    if (!listener) return undefined;
    await workflows.find(caller, listener.workflow.id, 'editor');
    return showListening(listener, showListener(listener, config.publicUrl));
  }

  /** Sub-workflows end with the execution that waits for them. */
  async function cancelWithChildren(id: string): Promise<boolean> {
    const isCanceled = await runtime.executions.cancel(id);
    const children = await db.source.getRepository(ExecutionEntity).find({
      where: { parentId: id, finishedAt: IsNull() },
      select: { id: true },
    });
    for (const child of children) await cancelWithChildren(child.id);
    return isCanceled;
  }

  return {
    find: access.find,
    runsOf,
    /** What its trigger brought; `undefined` when that stands in its first run. */
    startOf: (row: ExecutionRow) => loadStart(db, row),
    /** As it is now, for who started it. */
    shown: async (id: string, withData: boolean) =>
      detail(await read(id), { withData, mayCall: true }),

    async list(caller: Caller, { limit = 100, ...filter }: ListOptions) {
      const { workflowId, text } = filter;
      if (workflowId !== undefined) await workflows.find(caller, workflowId, 'viewer');
      const within =
        workflowId === undefined ? await access.visibleWorkflows(caller) : [workflowId];
      const isComplete = text === undefined || (await search.catchUp(INDEX_BUDGET_MS));
      const rows = await findExecutions(db, { ...filter, within }, limit + 1);
      const names = await access.namesOf(rows);
      const page = toPage(rows, limit, cursorOf, (row) => showExecution(row, names));
      return { ...page, ...(!isComplete && { isIndexing: true }) };
    },

    async get(caller: Caller, id: string, withData: boolean): Promise<ExecutionDetail> {
      const draft = await listening(caller, id);
      if (draft) return draft;
      const row = await access.find(caller, id, 'viewer');
      const mayCall = await access.find(caller, id, 'editor').then(
        () => true,
        () => false,
      );
      return detail(row, { withData, mayCall });
    },

    /** Ends it, and what it waits for. A draft that listens stops listening. */
    async cancel(caller: Caller, id: string): Promise<Execution> {
      const draft = await listening(caller, id);
      if (draft) {
        await listeners.end(id, 'canceled');
        const { listening: _ended, ...shown } = draft;
        return { ...shown, status: 'canceled' };
      }
      await access.find(caller, id, 'editor');
      if (!(await cancelWithChildren(id)))
        throw new ConflictError('It has ended already', 'Nothing to do');
      return detail(await read(id), { withData: false });
    },

    /** A person's word on a node that a crash cut off. */
    async decide(caller: Caller, id: string, decision: CrashDecision): Promise<Execution> {
      await access.find(caller, id, 'editor');
      if (!(await runtime.executions.decide(id, decision)))
        throw new ConflictError(
          'It does not wait for a decision',
          'Only a node that a crash cut off, and that is set to ask, needs one',
        );
      return detail(await read(id), { withData: false });
    },

    async remove(caller: Caller, id: string): Promise<void> {
      await access.find(caller, id, 'editor');
      await cancelWithChildren(id);
      await db.transaction((manager) => manager.delete(ExecutionEntity, { id: In([id]) }));
    },
  };
}
