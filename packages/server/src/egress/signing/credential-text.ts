import { createEvaluator, type EvaluationScope } from '@millrace/workflow/expression';
import type { JsonObject } from '@millrace/workflow/items';

const evaluator = createEvaluator({ cacheSize: 500 });

/** Resolves expressions over a credential's fields, in keys and values of `template`, at any depth. */
export function fillIn(template: unknown, data: JsonObject): unknown {
  if (typeof template === 'string') {
    return evaluator.evaluate(template, NOTHING, 0, { $credentials: data, $self: data });
  }
  if (Array.isArray(template)) return template.map((each) => fillIn(each, data));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [
      String(fillIn(key, data)),
      fillIn(value, data),
    ]),
  );
}

const NOTHING: EvaluationScope = {
  node: {
    id: '',
    name: 'Credential',
    type: 'credential',
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
  },
  runIndex: 0,
  input: [],
  sources: [],
  workflow: { id: '', name: '', active: false, nodes: new Map(), connections: {} },
  runs: new Map(),
  mode: 'manual',
  executionId: '',
  resumeUrl: '',
  timezone: 'UTC',
  now: Date.now,
  vars: {},
  parameters: () => ({}),
  nodeState: () => ({}),
};
