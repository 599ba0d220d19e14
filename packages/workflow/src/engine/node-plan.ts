import type { NodeJson } from '../graph/index.ts';
import type { JsonObject } from '../items/index.ts';
import type { NodeRegistry, NodeType, Property } from '../node-api/index.ts';
import { findProperty } from '../parameters/find-property.ts';
import { normalizeParameters } from '../parameters/normalize.ts';
import { parameterIssues } from '../parameters/parameter-issues.ts';
import { compileValue, findByPath, type Found, type Resolver } from '../parameters/resolve.ts';
import { isValidated } from '../parameters/validate-value.ts';
import { isTrigger } from './find-start.ts';

/**
 * A node made ready to run: its type, its parameters with defaults, its settings decoded. What depends on the
 * workflow version alone is found out once here, so that a run costs only its own expressions.
 */
export interface NodePlan {
  readonly node: NodeJson;
  readonly type: NodeType | undefined;
  readonly parameters: JsonObject;
  /** Resolves all parameters at once; `undefined` when none holds an expression. */
  readonly resolveAll: Resolver | undefined;
  /** The first thing that keeps the node from running. */
  readonly issue: string | undefined;
  readonly isTrigger: boolean;
  readonly isPure: boolean;
  /** Attempts it may have, 1 to 5. */
  readonly maxTries: number;
  readonly waitBetweenTriesMs: number;
  readonly onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
  param(path: string): ParamPlan;
}

/** What is known of a parameter path before any item is read. */
export interface ParamPlan {
  /** Where it leads. */
  readonly found: Found;
  readonly property: Property | undefined;
  /** Whether what is found has to fit a type its property declares. */
  readonly isValidated: boolean;
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
  const properties = type?.description.properties ?? [];
  const [issue] = type
    ? parameterIssues(type.description, parameters, node)
    : [`Unknown node type: ${node.type}`];
  return {
    node,
    type,
    parameters,
    resolveAll: compileValue(parameters),
    issue,
    param: rememberPaths((path) => {
      const property = findProperty(properties, parameters, path, node.typeVersion);
      const found = findByPath(parameters, path);
      return { found, property, isValidated: property !== undefined && isValidated(property) };
    }),
    isTrigger: type !== undefined && isTrigger(type),
    isPure: type?.description.pure === true,
    maxTries: node.retryOnFail ? clamp(node.maxTries || 3, 2, 5) : 1,
    waitBetweenTriesMs: clamp(node.waitBetweenTries || 1000, 0, 5000),
    onError: node.onError ?? (node.continueOnFail ? 'continueRegularOutput' : 'stopWorkflow'),
  };
}

/** Paths a node asks for are few, but one that makes them from data must not fill the memory. */
const MAX_PATHS = 1000;

function rememberPaths<T>(find: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const held = known.get(path);
    if (held !== undefined) return held;
    const found = find(path);
    if (known.size < MAX_PATHS) known.set(path, found);
    return found;
  };
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
