import type { ExecuteInput, ExecutionDetail, RetryInput } from '@millrace/api';
import { findStartNode, isTrigger } from '@millrace/workflow/engine';
import type { WorkflowJson } from '@millrace/workflow/graph';
import type { RunRecord } from '@millrace/workflow/ports';
import type { ExecutionRow } from '../../db/index.ts';
import { ConflictError, type Caller } from '../../platform/index.ts';
import { readError, type AcceptRequest, type LoadedWorkflow } from '../../runtime/index.ts';
import { shareListeners, showListener } from '../webhooks/index.ts';
import { showListening } from './execution-view.ts';
import type { ExecutionService, ExecutionServiceOptions } from './executions.service.ts';

export type StartingService = ReturnType<typeof createStartingService>;

/** Executions that people start: by hand, as a test of the draft, or again. */
export function createStartingService(
  executions: ExecutionService,
  { runtime, workflows, testListeners }: ExecutionServiceOptions,
) {
  const { registry, config } = runtime.options;
  const listeners = shareListeners(runtime, testListeners);

  /** Accepts, and shows it at once or when it has ended or pauses. */
  async function start(request: AcceptRequest, wait = false): Promise<ExecutionDetail> {
    const { id, ended } = await runtime.executions.accept(request);
    if (wait) await ended;
    return executions.shown(id, wait);
  }

  /** Whether the draft begins with a call from outside and was given nothing in its place. */
  function listens(draft: WorkflowJson, node: string | undefined, history: readonly RunRecord[]) {
    const first = draft.nodes.find(({ name }) => name === node);
    if (!first || draft.pinData?.[first.name]) return false;
    if (history.some((run) => run.node === first.name)) return false;
    const type = registry.find(first.type, first.typeVersion);
    return type?.webhook !== undefined && isTrigger(type);
  }

  async function listen(workflow: LoadedWorkflow, { startNode, to }: ExecuteInput, node: string) {
    const isOne = startNode !== undefined || to !== undefined;
    const listener = await listeners.listen({
      workflow,
      ...(to !== undefined && { destination: to }),
      ...(isOne && { nodes: [node] }),
    });
    return showListening(listener, showListener(listener, config.publicUrl));
  }

  /** The workflow it is tried again on, as `accept` wants it. */
  async function versionFor(row: ExecutionRow, version: RetryInput['version'] = 'same') {
    if (version === 'published') {
      const published = await runtime.workflows.published(row.workflowId);
      if (!published) throw new NotPublishedError();
      return { json: published.json, order: { versionId: published.versionId ?? '' } };
    }
    if (row.versionId !== null) {
      const { json } = await runtime.workflows.version(row.versionId);
      return { json, order: { versionId: row.versionId } };
    }
    const json: WorkflowJson = JSON.parse(row.snapshot ?? '{}');
    return { json, order: { snapshot: json } };
  }

  return {
    /** Runs the published version, the draft when nothing is published. */
    async execute(caller: Caller, workflowId: string, input: ExecuteInput) {
      const row = await workflows.find(caller, workflowId, 'editor');
      if (row.publishedVersionId === null) return this.test(caller, workflowId, input);
      const { json, versionId } = await runtime.workflows.version(row.publishedVersionId);
      const first = startOf(json, input);
      const order = {
        workflowId,
        ...(versionId !== undefined && { versionId }),
        mode: 'trigger' as const,
        ...(first && { start: first }),
        ...(input.to !== undefined && { destination: input.to }),
      };
      return start(order, input.wait);
    },

    /** Runs the draft, with its pinned data or the one that was sent; or has it listen for a call. */
    async test(caller: Caller, workflowId: string, input: ExecuteInput): Promise<ExecutionDetail> {
      await workflows.find(caller, workflowId, 'editor');
      const { json } = await runtime.workflows.draft(workflowId);
      const pinData = readPins(input.pinData) ?? json.pinData;
      const snapshot: WorkflowJson = { ...json, ...(pinData && { pinData }) };
      if (input.reuse !== undefined) await executions.find(caller, input.reuse, 'viewer');
      const history = input.reuse === undefined ? [] : await executions.runsOf(input.reuse);

      const about = { ...(input.to !== undefined && { destination: input.to }), prefer: BY_HAND };
      const node = input.startNode ?? findStartNode(snapshot, registry, about)?.name;
      if (node !== undefined && !input.input && listens(snapshot, node, history))
        return listen(runtime.workflows.snapshot(workflowId, snapshot), input, node);

      const first = startOf(snapshot, input) ?? (node === undefined ? undefined : { node });
      const order = {
        workflowId,
        snapshot,
        mode: 'manual' as const,
        history,
        ...(first && { start: first }),
        ...(input.to !== undefined && { destination: input.to }),
      };
      return start(order, input.wait);
    },

    /** Runs it again from its trigger, or from a node with the runs before it kept. */
    async retry(caller: Caller, id: string, input: RetryInput): Promise<ExecutionDetail> {
      const row = await executions.find(caller, id, 'editor');
      if (row.finishedAt === null)
        throw new ConflictError('It has not ended', 'Cancel it first, or wait for its end');
      const runs = await executions.runsOf(id);
      const { json, order } = await versionFor(row, input.version);
      const history = runs.slice(0, cutOf(row, runs, input));
      const gone = [row.startNode, input.from, ...history.map(({ node }) => node)].find(
        (name) => name && !json.nodes.some((node) => node.name === name),
      );
      if (gone) throw new NodeGoneError(gone);
      const firstRun = runs.find(({ node }) => node === row.startNode);
      const outputs =
        (await executions.startOf(row)) ?? firstRun?.outputs.map((batch) => batch ?? []);
      return start({
        ...order,
        workflowId: row.workflowId,
        mode: row.mode === 'manual' ? 'manual' : 'retry',
        retryOf: id,
        history,
        ...(row.startNode !== null && {
          start: { node: row.startNode, ...(outputs && { outputs }) },
        }),
      });
    },
  };
}

/** How many of its runs are kept. */
function cutOf(
  row: ExecutionRow,
  runs: readonly RunRecord[],
  { from, fromFailed }: RetryInput,
): number {
  if (from !== undefined) {
    const first = runs.findIndex(({ node }) => node === from);
    if (first < 0) throw new NeverReachedError(from);
    return first;
  }
  if (fromFailed !== true) return 0;
  const failed = readError(row.error)?.node ?? row.lastNode;
  const last = runs.findLastIndex(({ node, status }) => node === failed && status === 'error');
  if (row.status !== 'error' || last < 0)
    throw new ConflictError('It did not fail at a node', 'Retry it from its trigger');
  return last;
}

class NeverReachedError extends ConflictError {
  constructor(node: string) {
    super(`It never came to "${node}"`, 'Choose a node that has run', { node });
  }
}

class NodeGoneError extends ConflictError {
  constructor(node: string) {
    super(
      `The version has no node "${node}" any more`,
      'Retry it on the version it ran on, or from its trigger',
      { node },
    );
  }
}

class NotPublishedError extends ConflictError {
  constructor() {
    super('The workflow is not published', 'Publish it, or retry on the version it ran on');
  }
}

const BY_HAND = 'n8n-nodes-base.manualTrigger';

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
  const trigger = triggers.find(({ type }) => type === BY_HAND) ?? triggers[0];
  return trigger && { node: trigger.name, ...outputs };
}

const readPins = (pins: ExecuteInput['pinData']): WorkflowJson['pinData'] =>
  pins && Object.fromEntries(Object.entries(pins).filter(isPin));

const isPin = (
  entry: [string, unknown],
): entry is [string, NonNullable<WorkflowJson['pinData']>[string]] => Array.isArray(entry[1]);
