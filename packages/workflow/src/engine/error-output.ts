import { createRunScope } from './context/run-scope.ts';
import type { Outputs } from '../items/index.ts';
import type { Execution } from './execution.ts';
import type { NodePlan } from './node-plan.ts';

/** Index of the extra output "Error": one after the outputs the node describes. */
export function errorOutputIndex(execution: Execution, plan: NodePlan, outputs: Outputs): number {
  const described = plan.type?.description.outputs;
  if (Array.isArray(described)) return described.length;
  if (typeof described === 'string') {
    const count = evaluateOutputs(execution, plan, described);
    if (count !== undefined) return count;
  }
  return Math.max(1, outputs.length);
}

/** Outputs that depend on the parameters are described by an expression over `$parameter`. */
function evaluateOutputs(
  execution: Execution,
  plan: NodePlan,
  expression: string,
): number | undefined {
  const task = { node: plan.node.name, inputs: [], sources: [] };
  try {
    const value = execution.evaluator.evaluate(
      expression,
      createRunScope(execution, plan, task, 0),
      0,
    );
    return Array.isArray(value) ? value.length : undefined;
  } catch {
    return undefined;
  }
}
