import {
  isMillraceError,
  NodeError,
  NodeInterruptedError,
  NodeTypeError,
} from '../errors/index.ts';
import type { PinnedItem } from '../graph/index.ts';
import type { ErrorData, Item, Outputs } from '../items/index.ts';
import type { NodeResult, NodeType, WaitRequest } from '../node-api/index.ts';
import { createExecuteContext } from './context/execute-context.ts';
import { expressionInput } from './context/run-scope.ts';
import { toErrorData } from './error-data.ts';
import { errorOutputIndex } from './error-output.ts';
import type { Execution } from './execution.ts';
import type { NodePlan } from './node-plan.ts';
import { pinnedItems } from './pinned.ts';
import { mergeErrors, pairItems, splitErrors, withSomeOutput } from './outputs.ts';
import type { Task } from './state.types.ts';

/** What came of a run. `outputs: null` is "ended well, nothing to send": such a run is not recorded. */
export type NodeEnd =
  | {
      readonly type: 'sent';
      readonly outputs: Outputs | null;
      readonly attempt: number;
      readonly error?: ErrorData;
    }
  | { readonly type: 'failed'; readonly error: ErrorData; readonly attempt: number }
  | {
      readonly type: 'paused';
      readonly wait: WaitRequest;
      readonly attempt: number;
      readonly outputs: Outputs;
    }
  | { readonly type: 'canceled'; readonly attempt: number };

/** Runs one node on one task: pins, settings, attempts, and what its settings make of the result. */
export function runNode(
  execution: Execution,
  plan: NodePlan,
  task: Task,
  runIndex: number,
): NodeEnd | Promise<NodeEnd> {
  const { request } = execution;
  const { node, type } = plan;
  if (node.disabled) return passThrough(task);

  const pinned = request.mode === 'manual' ? request.workflow.pinData?.[node.name] : undefined;
  if (pinned) return runPinned(execution, plan, task, pinned);
  if (!type) {
    const error = new NodeTypeError(node.type, node.typeVersion, []);
    return { type: 'failed', error: toErrorData(error, node.name), attempt: 1 };
  }
  if (!plan.isTrigger && expressionInput(execution, task).length === 0) {
    return { type: 'sent', outputs: null, attempt: 1 };
  }
  const crashed = request.crashed?.find(
    (each) => each.node === node.name && each.runIndex === runIndex,
  );
  if (crashed) {
    const thrown = new NodeInterruptedError(node.name);
    return giveUp(execution, plan, task, { thrown, attempt: crashed.attempt });
  }
  return attempt(execution, plan, type, task, runIndex, 1);
}

async function runPinned(
  execution: Execution,
  plan: NodePlan,
  task: Task,
  pinned: readonly PinnedItem[],
): Promise<NodeEnd> {
  const items = await pinnedItems(pinned, execution.ports.binary);
  return finish(execution, plan, task, { outputs: [items], attempt: 1 });
}

/** A disabled node hands on what came on its first input. */
function passThrough({ inputs }: Task): NodeEnd {
  const batch = inputs[0];
  const outputs = batch
    ? [batch.map((item, index): Item => ({ ...item, pairedItem: { item: index } }))]
    : null;
  return { type: 'sent', outputs, attempt: 1 };
}

async function attempt(
  execution: Execution,
  plan: NodePlan,
  type: NodeType,
  task: Task,
  runIndex: number,
  number: number,
): Promise<NodeEnd> {
  const { signal, ports } = execution;
  const begun = plan.isPure
    ? undefined
    : ports.journal.begin?.({ node: plan.node.name, runIndex, attempt: number });
  if (begun) await begun;
  const { context, inputs } = createExecuteContext(execution, plan, task, {
    runIndex,
    attempt: number,
  });
  const mayTryAgain = number < plan.maxTries;
  const startedAt = ports.clock.now();
  const tryAgain = async (thrown: unknown) => {
    const { name } = plan.node;
    const durationMs = ports.clock.now() - startedAt;
    const error = toErrorData(thrown, name);
    const failed = { node: name, runIndex, attempt: number, startedAt, durationMs, error };
    await ports.journal.failedTry?.(failed);
    const waitMs = Math.max(plan.waitBetweenTriesMs, askedWaitMs(thrown));
    await ports.clock.sleep(waitMs, signal).catch(() => undefined);
    if (signal.aborted) return { type: 'canceled', attempt: number } as const;
    const next = { node: name, runIndex, attempt: number + 1, at: ports.clock.now() };
    ports.emit?.({ type: 'run-started', ...next });
    return attempt(execution, plan, type, task, runIndex, number + 1);
  };

  try {
    const started = type.execute ? type.execute(context) : [context.items()];
    const result = isPromise(started) ? await untilAborted(started, signal) : started;
    requireResult(result, plan.node.name);
    if (isWait(result)) {
      const outputs = result.outputs ?? [inputs[0] ?? []];
      return { type: 'paused', wait: result, attempt: number, outputs };
    }
    const failure = firstError(result);
    if (mayTryAgain && failure !== undefined) return await tryAgain(failure);
    return finish(execution, plan, { ...task, inputs }, { outputs: result, attempt: number });
  } catch (thrown) {
    if (signal.aborted) return { type: 'canceled', attempt: number };
    if (mayTryAgain) return tryAgain(thrown);
    return giveUp(execution, plan, { ...task, inputs }, { thrown, attempt: number });
  }
}

/** A service that says when to come again (`Retry-After`) is not asked before, within reason. */
const MAX_ASKED_WAIT_MS = 300_000;

function askedWaitMs(thrown: unknown): number {
  if (!isMillraceError(thrown) || !('retryAfterMs' in thrown.details)) return 0;
  const asked = Number(thrown.details.retryAfterMs);
  return asked > 0 ? Math.min(asked, MAX_ASKED_WAIT_MS) : 0;
}

/** An error the node made into its first item counts as a failed try too (n8n-facts A7.32). */
function firstError(result: Outputs | null): unknown {
  const error: unknown = result?.[0]?.[0]?.json?.error;
  return error === null || error === false ? undefined : error;
}

/** What the node's settings make of an error after the last try. */
function giveUp(
  execution: Execution,
  plan: NodePlan,
  task: Task,
  { thrown, attempt: number }: { readonly thrown: unknown; readonly attempt: number },
): NodeEnd {
  const error = toErrorData(thrown, plan.node.name);
  if (plan.onError === 'stopWorkflow') return { type: 'failed', error, attempt: number };
  // Not the error output: what came in goes out on output 0 (n8n-facts A7.34).
  const outputs = [task.inputs[0] ?? []];
  return finish(execution, plan, task, { outputs, attempt: number, error });
}

/** What the node's settings make of its outputs, in n8n's order (n8n-facts A4.16). */
function finish(
  execution: Execution,
  plan: NodePlan,
  task: Task,
  {
    outputs,
    attempt: number,
    error,
  }: { outputs: Outputs | null; attempt: number; error?: ErrorData },
): NodeEnd {
  const done = (final: Outputs | null): NodeEnd => ({
    type: 'sent',
    outputs: final,
    attempt: number,
    ...(error && { error }),
  });
  const { alwaysOutputData } = plan.node;
  if (outputs === null) return done(alwaysOutputData ? withSomeOutput([], task) : null);

  const split =
    plan.onError === 'continueErrorOutput' && !error
      ? splitErrors(outputs, errorOutputIndex(execution, plan, outputs), task)
      : outputs;
  const paired = pairItems(split, task);
  const filled = alwaysOutputData ? withSomeOutput(paired, task) : paired;
  return done(mergeErrors(filled));
}

/** Settles with the promise, or rejects as soon as the execution is cancelled: a node may not listen. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Nodes of other makers may give anything. */
function requireResult(result: unknown, node: string): void {
  const isWhole = Array.isArray(result)
    ? result.every((batch) => batch == null || Array.isArray(batch))
    : typeof result === 'object' && (result === null || 'kind' in result);
  if (isWhole) return;
  throw new NodeError(
    `Node "${node}" gave ${Array.isArray(result) ? 'items' : typeof result} where a list of items per output is wanted`,
    { node },
    { fix: 'Return [items]: one list of items for each output' },
  );
}

const isPromise = (value: unknown): value is Promise<NodeResult> => value instanceof Promise;

const isWait = (result: NodeResult): result is WaitRequest =>
  result !== null && 'kind' in result && result.kind === 'wait';
