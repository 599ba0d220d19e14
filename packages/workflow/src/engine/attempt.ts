import { isMillraceError, NodeError } from '../errors/index.ts';
import type { Outputs } from '../items/index.ts';
import type { NodeResult, NodeType, WaitRequest } from '../node-api/index.ts';
import { withFreshLineage } from './context/fresh-lineage.ts';
import { RunContext } from './context/run-context.ts';
import { toErrorData } from './error-data.ts';
import type { Execution } from './execution.ts';
import { finish, giveUp, type NodeEnd } from './node-end.ts';
import type { NodePlan } from './node-plan.ts';
import type { Task } from './state.types.ts';

/** A node about to run, as often as its settings let it try. */
export interface NodeRun {
  readonly execution: Execution;
  readonly plan: NodePlan;
  readonly type: NodeType;
  readonly task: Task;
  readonly runIndex: number;
}

/**
 * Tries until a try counts, or none is left. At once when the node waits for nothing: most nodes only
 * compute, and a promise for each of them would cost more than they do.
 */
export function attempt(run: NodeRun, number = 1): NodeEnd | Promise<NodeEnd> {
  const { execution, plan, runIndex } = run;
  const begun = plan.isPure
    ? undefined
    : execution.ports.journal.begin?.({ node: plan.node.name, runIndex, attempt: number });
  return begun ? begun.then(() => execute(run, number)) : execute(run, number);
}

function execute(run: NodeRun, number: number): NodeEnd | Promise<NodeEnd> {
  const { execution, plan, type, runIndex } = run;
  const { signal, ports } = execution;
  const task = { ...run.task, inputs: withFreshLineage(run.task.inputs) };
  const context = new RunContext(execution, plan, task, { runIndex, attempt: number });
  const { inputs } = context;
  const mayTryAgain = number < plan.maxTries;
  const startedAt = ports.clock.now();

  const conclude = (result: NodeResult): NodeEnd | Promise<NodeEnd> => {
    requireResult(result, plan.node.name);
    if (isWait(result)) {
      const outputs = result.outputs ?? [inputs[0] ?? []];
      return { type: 'paused', wait: result, attempt: number, outputs };
    }
    const failure = firstError(result);
    if (mayTryAgain && failure !== undefined)
      return tryAgain(run, { number, startedAt, thrown: failure });
    return finish(execution, plan, { ...task, inputs }, { outputs: result, attempt: number });
  };
  const fail = (thrown: unknown): NodeEnd | Promise<NodeEnd> => {
    if (signal.aborted) return { type: 'canceled', attempt: number };
    if (mayTryAgain) return tryAgain(run, { number, startedAt, thrown });
    return giveUp(execution, plan, { ...task, inputs }, { thrown, attempt: number });
  };

  try {
    const started = type.execute ? type.execute(context) : [context.items()];
    return isPromise(started)
      ? untilOver(started, run, number).then(conclude).catch(fail)
      : conclude(started);
  } catch (thrown) {
    return fail(thrown);
  }
}

/** Notes the failed try, waits, and begins the next. */
async function tryAgain(
  run: NodeRun,
  { number, startedAt, thrown }: { number: number; startedAt: number; thrown: unknown },
): Promise<NodeEnd> {
  const { execution, plan, runIndex } = run;
  const { signal, ports } = execution;
  const { name } = plan.node;
  const durationMs = ports.clock.now() - startedAt;
  const error = toErrorData(thrown, name);
  const failed = { node: name, runIndex, attempt: number, startedAt, durationMs, error };
  await ports.journal.failedTry?.(failed);
  const waitMs = Math.max(plan.waitBetweenTriesMs, askedWaitMs(thrown));
  await ports.clock.sleep(waitMs, signal).catch(() => undefined);
  if (signal.aborted) return { type: 'canceled', attempt: number };
  const next = { node: name, runIndex, attempt: number + 1, at: ports.clock.now() };
  ports.emit?.({ type: 'run-started', ...next });
  return attempt(run, number + 1);
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

/** The end of one try. Whoever counts those that use a credential hears of it. */
function untilOver<T>(
  promise: Promise<T>,
  { execution, plan, runIndex }: NodeRun,
  number: number,
): Promise<T> {
  const { signal, ports } = execution;
  const { name: node, credentials } = plan.node;
  const over = untilAborted(promise, signal);
  if (!credentials || !ports.attemptEnded) return over;
  return over.finally(() => ports.attemptEnded?.({ node, runIndex, attempt: number }));
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
