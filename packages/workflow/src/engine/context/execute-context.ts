import type { EvaluationScope } from '../../expression/index.ts';
import type { Batch, Item, JsonObject, PairedItem } from '../../items/index.ts';
import type { ExecuteContext } from '../../node-api/index.ts';
import type { Execution } from '../execution.ts';
import type { NodePlan } from '../node-plan.ts';
import type { Task } from '../state.types.ts';
import { codeScope } from './code-scope.ts';
import { outsideOf } from './outside.ts';
import { createReadParam } from './read-param.ts';
import { createRunScope } from './run-scope.ts';
import { noDataTables, noTables } from './no-tables.ts';

/** What the engine gives `execute`, and what it needs back for lineage. */
export interface RunContext {
  readonly context: ExecuteContext;
  /** The batches with lineage relative to this run's inputs. */
  readonly inputs: readonly (Batch | null)[];
}

/** Makes the context of one attempt. */
export function createExecuteContext(
  execution: Execution,
  plan: NodePlan,
  task: Task,
  about: { readonly runIndex: number; readonly attempt: number },
): RunContext {
  const { request, ports, evaluator } = execution;
  const { workflow, mode, executionId } = request;
  const { node } = plan;
  const all = task.inputs.map((batch, input) => batch && withFreshLineage(batch, input));
  const inputs = node.executeOnce ? all.map((batch) => batch && batch.slice(0, 1)) : all;
  let held: EvaluationScope | undefined;
  const scope = () =>
    (held ??= createRunScope(execution, plan, { ...task, inputs: all }, about.runIndex));
  const evaluate = (text: string, itemIndex: number, extra?: JsonObject) =>
    evaluator.evaluate(text, scope(), itemIndex, extra);
  const readParam = createReadParam(plan, evaluate, execution.timezone);

  const context: ExecuteContext = {
    node,
    workflow: {
      id: workflow.id ?? '',
      name: workflow.name,
      active: workflow.active ?? false,
      settings: workflow.settings ?? {},
    },
    mode,
    timezone: execution.timezone,
    logger: ports.logger,
    binary: ports.binary,
    ...outsideOf(node, execution, about),
    tables: ports.tables ?? noTables,
    dataTables: ports.dataTables ?? noDataTables,
    now: ports.clock.now,
    executionId,
    runIndex: about.runIndex,
    sources: task.sources,
    attempt: about.attempt,
    idempotencyKey: `${executionId}:${node.id}:${about.runIndex}`,
    signal: execution.signal,
    resumeUrl: request.resumeUrl ?? '',
    continueOnFail: plan.onError !== 'stopWorkflow',
    state: execution.stateOf(node.name),
    inputs,
    items: (index = 0) => inputs[index] ?? [],
    param<T>(path: string, itemIndex: number, options?: Parameters<typeof readParam>[2]): T {
      const value = readParam(path, itemIndex, options);
      // The caller names the type it expects; defineNode's decoded params are the checked way.
      return value as T;
    },
    evaluate,
    codeScope: (itemIndex) => codeScope(scope(), itemIndex),
    staticData: (kind) => ports.staticData(kind === 'global' ? 'global' : { node: node.name }),
    respond: ports.respond,
    customData: execution.customData,
    sleep: (ms) => ports.clock.sleep(ms, execution.signal),
  };
  return { context, inputs };
}

/** Lineage is told relative to the input, whatever the node before said (n8n-facts A4.10). */
function withFreshLineage(batch: Batch, input: number): Batch {
  return batch.map((item, index): Item => {
    if (input === 0 && pointsTo(item.pairedItem, index)) return item;
    const pairedItem = input === 0 ? { item: index } : { item: index, input };
    return { ...item, pairedItem };
  });
}

/** Whether a lineage is the plain one to this index already, as after a node that kept each item's place. */
const pointsTo = (paired: PairedItem | undefined, index: number): boolean =>
  typeof paired === 'object' &&
  paired !== null &&
  'item' in paired &&
  paired.item === index &&
  paired.input === undefined &&
  paired.sourceOverwrite === undefined;
