import type {
  ExecuteInput,
  Execution,
  ExecutionDetail,
  ExecutionStatus,
  ProjectRole,
  RunData,
} from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import type { WorkflowJson } from '@millrace/workflow/graph';
import type { RunRecord } from '@millrace/workflow/ports';
import { Between, In, LessThan, type FindOptionsWhere } from 'typeorm';
import {
  ExecutionEntity,
  ExecutionRunEntity,
  WorkflowEntity,
  type ExecutionRow,
} from '../../db/index.ts';
import { ConflictError, toPage, type Caller } from '../../platform/index.ts';
import {
  readBatches,
  readError,
  readRun,
  type AcceptRequest,
  type Runtime,
} from '../../runtime/index.ts';
import type { ProjectService } from '../projects/index.ts';
import type { WorkflowService } from '../workflows/index.ts';

export type ExecutionService = ReturnType<typeof createExecutionService>;

export interface ExecutionServiceOptions {
  readonly runtime: Runtime;
  readonly projects: ProjectService;
  readonly workflows: WorkflowService;
}

export interface ExecutionFilters {
  readonly limit?: number;
  readonly cursor?: string;
  readonly workflowId?: string;
  readonly status?: ExecutionStatus;
  readonly mode?: string;
  readonly since?: string;
  readonly until?: string;
}

/** Executions as people see and steer them; running them is the runtime's. */
export function createExecutionService({ runtime, projects, workflows }: ExecutionServiceOptions) {
  const { db } = runtime.options;
  const table = db.source.getRepository(ExecutionEntity);
  const runTable = db.source.getRepository(ExecutionRunEntity);

  /** The row, for a caller who has at least `need` in its workflow's project. */
  async function find(caller: Caller, id: string, need: ProjectRole): Promise<ExecutionRow> {
    const row = await table.findOneBy({ id });
    if (!row) throw new NotFoundError('execution', id);
    const workflow = await db.source
      .getRepository(WorkflowEntity)
      .findOneBy({ id: row.workflowId });
    if (!workflow) throw new NotFoundError('execution', id);
    await projects.require(caller, workflow.projectId, need, { kind: 'execution', id });
    return row;
  }

  async function visibleWorkflows(caller: Caller): Promise<string[] | undefined> {
    const visible = await projects.visibleTo(caller);
    if (visible === undefined) return undefined;
    const rows = await db.source
      .getRepository(WorkflowEntity)
      .find({ where: { projectId: In([...visible]) }, select: { id: true } });
    return rows.map(({ id }) => id);
  }

  async function namesOf(rows: readonly ExecutionRow[]): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(rows.map(({ workflowId }) => workflowId))];
    const found = await db.source
      .getRepository(WorkflowEntity)
      .find({ where: { id: In(ids) }, select: { id: true, name: true } });
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  async function runsOf(executionId: string): Promise<RunRecord[]> {
    const rows = await runTable.find({ where: { executionId }, order: { seq: 'ASC' } });
    return rows.map(readRun);
  }

  async function detail(id: string, withData: boolean): Promise<ExecutionDetail> {
    const row = await table.findOneByOrFail({ id });
    const names = await namesOf([row]);
    const shown = show(row, names);
    if (!withData) return shown;
    const runs = await runsOf(id);
    const customData: Record<string, string> | undefined =
      row.customData === null ? undefined : JSON.parse(row.customData);
    return {
      ...shown,
      order: runs.map(({ node }) => node),
      runData: runDataOf(runs),
      ...(customData && { customData }),
    };
  }

  /** Accepts, and shows it at once or when it has ended or pauses. */
  async function start(request: AcceptRequest, wait: boolean): Promise<ExecutionDetail> {
    const { id, ended } = await runtime.executions.accept(request);
    if (wait) await ended;
    return detail(id, wait);
  }

  return {
    async list(caller: Caller, filters: ExecutionFilters) {
      const { limit = 100, cursor, workflowId, status, mode, since, until } = filters;
      if (workflowId !== undefined) await workflows.find(caller, workflowId, 'viewer');
      const visible = workflowId === undefined ? await visibleWorkflows(caller) : [workflowId];
      const where: FindOptionsWhere<ExecutionRow> = {
        ...(cursor !== undefined && { id: LessThan(cursor) }),
        ...(visible && { workflowId: In(visible) }),
        ...(status && { status }),
        ...(mode !== undefined && { mode }),
        ...((since ?? until) !== undefined && {
          createdAt: Between(since ? Date.parse(since) : 0, until ? Date.parse(until) : 8.64e15),
        }),
      };
      const rows = await table.find({ where, order: { id: 'DESC' }, take: limit + 1 });
      const names = await namesOf(rows);
      return toPage(
        rows,
        limit,
        ({ id }) => id,
        (row) => show(row, names),
      );
    },

    async get(caller: Caller, id: string, withData: boolean) {
      await find(caller, id, 'viewer');
      return detail(id, withData);
    },

    /** Runs the published version, the draft when nothing is published. */
    async execute(caller: Caller, workflowId: string, input: ExecuteInput) {
      const row = await workflows.find(caller, workflowId, 'editor');
      if (row.publishedVersionId === null) return this.test(caller, workflowId, input);
      const { json, versionId } = await runtime.workflows.version(row.publishedVersionId);
      const first = startOf(json, input);
      return start(
        {
          workflowId,
          ...(versionId !== undefined && { versionId }),
          mode: 'trigger',
          ...(first && { start: first }),
          ...(input.to !== undefined && { destination: input.to }),
        },
        input.wait === true,
      );
    },

    /** Runs the draft, with its pinned data or the one that was sent. */
    async test(caller: Caller, workflowId: string, input: ExecuteInput) {
      await workflows.find(caller, workflowId, 'editor');
      const { json } = await runtime.workflows.draft(workflowId);
      const pinData = readPins(input.pinData) ?? json.pinData;
      const snapshot: WorkflowJson = { ...json, ...(pinData && { pinData }) };
      if (input.reuse !== undefined) await find(caller, input.reuse, 'viewer');
      const history = input.reuse === undefined ? [] : await runsOf(input.reuse);
      const first = startOf(snapshot, input);
      return start(
        {
          workflowId,
          snapshot,
          mode: 'manual',
          history,
          ...(first && { start: first }),
          ...(input.to !== undefined && { destination: input.to }),
        },
        input.wait === true,
      );
    },

    /** Runs it again from its trigger, or from node `from` with the runs before it kept. */
    async retry(caller: Caller, id: string, from: string | undefined) {
      const row = await find(caller, id, 'editor');
      if (row.finishedAt === null)
        throw new ConflictError('It has not ended', 'Cancel it first, or wait for its end');
      const runs = await runsOf(id);
      const firstRun = runs.find(({ node }) => node === row.startNode);
      const outputs = readBatches(row.triggerData) ?? firstRun?.outputs.map((batch) => batch ?? []);
      const cut = from === undefined ? 0 : runs.findIndex(({ node }) => node === from);
      return start(
        {
          workflowId: row.workflowId,
          ...(row.versionId === null
            ? { snapshot: JSON.parse(row.snapshot ?? '{}') }
            : { versionId: row.versionId }),
          mode: row.mode === 'manual' ? 'manual' : 'retry',
          retryOf: id,
          history: runs.slice(0, Math.max(0, cut)),
          ...(row.startNode !== null && {
            start: { node: row.startNode, ...(outputs && { outputs }) },
          }),
        },
        false,
      );
    },

    async cancel(caller: Caller, id: string): Promise<Execution> {
      await find(caller, id, 'editor');
      if (!(await runtime.executions.cancel(id)))
        throw new ConflictError('It has ended already', 'Nothing to do');
      return detail(id, false);
    },

    async remove(caller: Caller, id: string): Promise<void> {
      await find(caller, id, 'editor');
      await runtime.executions.cancel(id);
      await db.transaction((manager) => manager.delete(ExecutionEntity, { id }));
    },
  };
}

/** Where a run by hand begins: the node asked for, or the only trigger there is when items are given. */
function startOf(
  { nodes }: WorkflowJson,
  { input, startNode }: ExecuteInput,
): AcceptRequest['start'] {
  const outputs = input && { outputs: [input] };
  if (startNode !== undefined) return { node: startNode, ...outputs };
  if (!outputs) return undefined;
  const triggers = nodes.filter(
    ({ type, disabled }) => disabled !== true && /trigger$|webhook$/i.test(type),
  );
  const trigger = triggers.find(({ type }) => type.endsWith('.manualTrigger')) ?? triggers[0];
  return trigger && { node: trigger.name, ...outputs };
}

const readPins = (pins: ExecuteInput['pinData']): WorkflowJson['pinData'] =>
  pins && Object.fromEntries(Object.entries(pins).filter(isPin));

const isPin = (
  entry: [string, unknown],
): entry is [string, NonNullable<WorkflowJson['pinData']>[string]] => Array.isArray(entry[1]);

function runDataOf(runs: readonly RunRecord[]): Record<string, readonly RunData[]> {
  const shown = Map.groupBy(runs, ({ node }) => node);
  return Object.fromEntries(
    [...shown].map(([node, of]) => [
      node,
      of.map(({ node: _node, ...run }) => ({
        ...run,
        outputs: run.outputs.map((batch) => batch ?? null),
      })),
    ]),
  );
}

const instant = (at: number | null) => (at === null ? null : new Date(Number(at)).toISOString());

function show(row: ExecutionRow, names: ReadonlyMap<string, string>): Execution {
  return {
    id: row.id,
    workflowId: row.workflowId,
    workflowName: names.get(row.workflowId) ?? '',
    versionId: row.versionId,
    mode: row.mode,
    status: row.status,
    createdAt: new Date(Number(row.createdAt)).toISOString(),
    startedAt: instant(row.startedAt),
    finishedAt: instant(row.finishedAt),
    waitUntil: instant(row.waitUntil),
    lastNode: row.lastNode,
    error: readError(row.error) ?? null,
  };
}
