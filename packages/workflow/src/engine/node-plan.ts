import type { NodeJson } from '../graph/index.ts';
import type { JsonObject } from '../items/index.ts';
import type { NodeRegistry, NodeType } from '../node-api/index.ts';
import { normalizeParameters } from '../parameters/normalize.ts';
import { isTrigger } from './find-start.ts';

/** A node made ready to run: its type, its parameters with defaults, its settings decoded. */
export interface NodePlan {
  readonly node: NodeJson;
  readonly type: NodeType | undefined;
  readonly parameters: JsonObject;
  readonly isTrigger: boolean;
  readonly isPure: boolean;
  /** Attempts it may have, 1 to 5. */
  readonly maxTries: number;
  readonly waitBetweenTriesMs: number;
  readonly onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
}

/** Makes a node ready. Kept per node object: executions of one workflow version share it. */
export function planNode(node: NodeJson, registry: NodeRegistry): NodePlan {
  const plans = PLANS.get(registry) ?? new WeakMap<NodeJson, NodePlan>();
  PLANS.set(registry, plans);
  const known = plans.get(node);
  if (known) return known;
  const plan = makePlan(node, registry);
  plans.set(node, plan);
  return plan;
}

const PLANS = new WeakMap<NodeRegistry, WeakMap<NodeJson, NodePlan>>();

function makePlan(node: NodeJson, registry: NodeRegistry): NodePlan {
  const type = registry.find(node.type, node.typeVersion);
  const parameters = type
    ? normalizeParameters(type.description, node.parameters, { version: node.typeVersion })
    : node.parameters;
  return {
    node,
    type,
    parameters,
    isTrigger: type !== undefined && isTrigger(type),
    isPure: type?.description.pure === true,
    maxTries: node.retryOnFail ? clamp(node.maxTries || 3, 2, 5) : 1,
    waitBetweenTriesMs: clamp(node.waitBetweenTries || 1000, 0, 5000),
    onError: node.onError ?? (node.continueOnFail ? 'continueRegularOutput' : 'stopWorkflow'),
  };
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
