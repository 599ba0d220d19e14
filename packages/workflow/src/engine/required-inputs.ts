import { createRunScope } from './context/run-scope.ts';
import type { Execution } from './execution.ts';

/** What a join declares to need, its expression evaluated (n8n-facts A6.25); `undefined` when nothing. */
export function requiredInputs(
  execution: Execution,
  node: string,
): number | readonly number[] | undefined {
  const plan = execution.planOf(node);
  const declared = plan.type?.description.requiredInputs;
  if (typeof declared !== 'string') return declared;
  const scope = createRunScope(execution, plan, { node, inputs: [], sources: [] }, 0);
  const value = execution.evaluator.evaluate(declared, scope, 0);
  if (typeof value === 'number') return value;
  return Array.isArray(value) ? value.filter((each) => typeof each === 'number') : undefined;
}
